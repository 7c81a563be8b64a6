using DermAssistant.DermLip;
using FsCheck.Xunit;

namespace DermAssistant.Cases.Tests;

public sealed class EmbeddedCaseLibraryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Property(MaxTest = 60)]
    public void The_scan_finds_what_the_plain_search_finds(int seed, byte size, byte top)
    {
        var count = 1 + (size % 60);
        var cases = TestCases.Random(seed, count, 1 + (seed & 31));
        var library = new EmbeddedCaseLibrary(InMemory(cases));
        var query = TestCases.Direction(new Random(~seed), cases[0].Embedding.Length);

        var found = library.SearchAsync(new CaseQuery(query, 1 + top)).Result;
        var expected = PlainSearch.Nearest(cases, query, 1 + top);

        Assert.Equal(expected.Count, found.Count);
        for (var rank = 0; rank < found.Count; rank++)
        {
            Assert.Equal(expected[rank].Similarity, found[rank].Similarity, tolerance: 2e-6);
            // Where two cases are as near as makes no difference in single precision, either may come first.
            var own = PlainSearch.Cosine(cases.Single(entry => entry.Record.Id == found[rank].Case.Id).Embedding, query);
            Assert.Equal(own, found[rank].Similarity, tolerance: 2e-6);
        }
        Assert.Equal(found.Count, found.Select(match => match.Case.Id).Distinct().Count());
    }

    [Property(MaxTest = 30)]
    public void A_scan_shared_among_processors_finds_what_one_finds(int seed)
    {
        // Copies of few directions, so that ties run across the parts.
        var random = new Random(seed);
        var directions = Enumerable.Range(0, 3).Select(_ => TestCases.Direction(random, 4)).ToList();
        var numbers = Enumerable.Range(0, 40).SelectMany(_ => directions[random.Next(3)]).Select(number => (Half)number).ToArray();
        var rows = new EmbeddingRows(numbers, 4);
        float[] query = [1, 0, 0, 0];
        var all = rows.Nearest(query, 40, null, default);
        var merged = new NearestRows(7);
        for (var part = 0; part < 4; part++)
        {
            var of = new NearestRows(7);
            foreach (var match in all.Where(match => match.Row / 10 == part)) of.Offer(match.Row, (float)match.Similarity);
            merged.Add(of);
        }
        Assert.Equal(all.Take(7), merged.Ordered());
    }

    [Fact]
    public async Task Equal_similarities_come_in_the_order_of_the_ids()
    {
        var library = TestCases.Write(_folder.Path, [.. new[] { "d", "b", "a", "c" }.Select(id => TestCases.Case(id, "x/y", [0.3f, 0.4f]))]);
        var found = await library.SearchAsync(new CaseQuery(new float[] { 1, 1 }, 3));
        Assert.Equal(["a", "b", "c"], found.Select(match => match.Case.Id));
    }

    [Fact]
    public async Task A_case_finds_itself_as_a_near_duplicate()
    {
        var cases = TestCases.Random(7, 50, 16);
        var library = TestCases.Write(_folder.Path, cases);
        var query = Array.ConvertAll(cases[17].Embedding, number => (float)number * 3);
        var found = await library.SearchAsync(new CaseQuery(query, 2));
        Assert.Equal(cases[17].Record.Id, found[0].Case.Id);
        Assert.Equal(1, found[0].Similarity, 6);
        Assert.True(found[0].NearDuplicate);
        Assert.False(found[1].NearDuplicate);
    }

    [Fact]
    public async Task What_was_written_is_read_back()
    {
        var entry = TestCases.Case("id \"1\"", "a/b/melanoma", [1, 2], ("site", "Rücken\n漢"), ("age", "40"));
        var library = TestCases.Write(_folder.Path, [entry]);
        var record = await library.FindAsync("id \"1\"");
        Assert.Equivalent(entry.Record, record, strict: true);
        Assert.Null(await library.FindAsync("ID \"1\""));
        Assert.Equal(1, await library.CountAsync());
        Assert.Equal("tiny", library.PackId);
        Assert.Equal(1, library.Manifest.Sources.Single().Cases);
    }

    [Theory]
    [InlineData("diagnosis", "a/b/c/nevus", "n1 n2")]
    [InlineData("diagnosis", "NEVUS", "n1 n2")]
    [InlineData("diagnosis", "a/b", "m1 n1 n2")]
    [InlineData("diagnosis", "a/b/c/ne", "")]
    [InlineData("Site", "Back", "m1 n1")]
    [InlineData("age", "60", "n1")]
    [InlineData("age", "40-60", "m1 n1")]
    [InlineData("age", "60+", "k1 n1")]
    [InlineData("age", "0-39", "")]
    [InlineData("source", "test", "k1 m1 n1 n2")]
    [InlineData("id", "n2", "n2")]
    public async Task Filters_keep_the_cases_that_fit(string field, string value, string expected)
    {
        var library = TestCases.Write(_folder.Path, Few());
        var found = await library.SearchAsync(new CaseQuery(new float[] { 1, 0 }, 10, [new CaseFilter(field, value)]));
        Assert.Equal(expected, string.Join(' ', found.Select(match => match.Case.Id).Order(StringComparer.Ordinal)));

        var others = await library.SearchAsync(new CaseQuery(new float[] { 1, 0 }, 10, [new CaseFilter(field, value, Negated: true)]));
        Assert.Equal(4, found.Count + others.Count);
        Assert.Empty(found.Select(match => match.Case.Id).Intersect(others.Select(match => match.Case.Id)));
    }

    [Fact]
    public async Task Several_filters_must_all_hold()
    {
        var library = TestCases.Write(_folder.Path, Few());
        var found = await library.SearchAsync(new CaseQuery(new float[] { 1, 0 }, 10, [new("site", "back"), new("age", "50+")]));
        Assert.Equal(["n1"], found.Select(match => match.Case.Id));
    }

    [Fact]
    public async Task An_unknown_field_is_an_error_that_names_the_known_ones()
    {
        var library = TestCases.Write(_folder.Path, Few());
        var failure = await Assert.ThrowsAsync<CaseFilterException>(() => library.SearchAsync(new CaseQuery(new float[] { 1, 0 }, 1, [new("colour", "red")])));
        Assert.Contains("\"colour\"", failure.Message, StringComparison.Ordinal);
        Assert.Equal("The fields are: age, diagnosis, id, site, source.", failure.Hint);
    }

    [Theory]
    [InlineData("old")]
    [InlineData("60-50")]
    [InlineData("-5")]
    [InlineData(" ")]
    public async Task An_age_that_cannot_be_read_is_an_error(string age)
    {
        var library = TestCases.Write(_folder.Path, Few());
        await Assert.ThrowsAsync<CaseFilterException>(() => library.SearchAsync(new CaseQuery(new float[] { 1, 0 }, 1, [new("age", age)])));
    }

    [Theory]
    [InlineData(new float[] { 1, 2, 3 })]
    [InlineData(new float[] { 0, 0 })]
    [InlineData(new[] { float.NaN, 1 })]
    public async Task A_query_without_a_direction_or_of_another_length_is_refused(float[] query)
    {
        var library = TestCases.Write(_folder.Path, Few());
        await Assert.ThrowsAsync<ArgumentException>(() => library.SearchAsync(new CaseQuery(query)));
    }

    [Fact]
    public async Task A_query_of_another_pack_is_refused()
    {
        var library = TestCases.Write(_folder.Path, Few());
        var failure = await Assert.ThrowsAsync<CaseStoreException>(() => library.SearchAsync(new CaseQuery(new float[] { 1, 0 }, PackId: "other")));
        Assert.Contains("other", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tiny", "2")]
    [InlineData("other", "1")]
    public void A_library_of_another_pack_or_version_does_not_open(string id, string version)
    {
        TestCases.Write(_folder.Path, Few());
        var failure = Assert.Throws<CaseStoreException>(() => EmbeddedCaseLibrary.Open(_folder.Path, new PackManifest(id, version, "", "", 2, 1, "", "")));
        Assert.Contains("tiny 1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("derm cases import", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_byte_anywhere_in_the_data_is_noticed()
    {
        var manifest = TestCases.Write(_folder.Path, Few()).Manifest;
        foreach (var file in new[] { manifest.Cases, manifest.Embeddings })
        {
            var path = _folder[file.Name];
            var bytes = File.ReadAllBytes(path);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(path, bytes);
            var failure = Assert.Throws<CaseStoreException>(() => EmbeddedCaseLibrary.Open(_folder.Path));
            Assert.Contains(file.Name, failure.Message, StringComparison.Ordinal);
            Assert.Equal([failure.Message], EmbeddedCaseLibrary.Verify(_folder.Path));
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(path, bytes);
        }
        Assert.Empty(EmbeddedCaseLibrary.Verify(_folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    public void A_manifest_that_is_none_is_refused_with_the_remedy(string json)
    {
        TestCases.Write(_folder.Path, Few());
        File.WriteAllText(_folder[LibraryManifest.FileName], json);
        var failure = Assert.Throws<CaseStoreException>(() => EmbeddedCaseLibrary.Open(_folder.Path));
        Assert.Contains(LibraryManifest.FileName, failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failure.Hint);
    }

    [Fact]
    public void A_folder_without_a_library_is_named()
    {
        var failure = Assert.Throws<CaseStoreException>(() => EmbeddedCaseLibrary.Open(_folder["nowhere"]));
        Assert.Contains(_folder["nowhere"], failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_cannot_lead_out_of_its_folder()
    {
        var manifest = TestCases.Write(_folder["library"], Few()).Manifest;
        File.Move(_folder["library", manifest.Cases.Name], _folder[manifest.Cases.Name]);
        File.WriteAllBytes(_folder["library", LibraryManifest.FileName], (manifest with { Cases = manifest.Cases with { Name = "../" + manifest.Cases.Name } }).ToJson());
        var failure = Assert.Throws<CaseStoreException>(() => EmbeddedCaseLibrary.Open(_folder["library"]));
        Assert.Contains("leads out", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removing_cases_leaves_the_others_as_they_were()
    {
        var before = TestCases.Write(_folder.Path, Few());
        var after = EmbeddedCaseLibrary.Remove(_folder.Path, ["n1", "k1"]);
        Assert.Equal(["m1", "n2"], after.Cases.Select(record => record.Id));
        Assert.Equal(
            (await before.SearchAsync(new CaseQuery(new float[] { 1, 2 }, 4))).Where(match => match.Case.Id is "m1" or "n2").Select(match => match.Similarity),
            (await after.SearchAsync(new CaseQuery(new float[] { 1, 2 }, 4))).Select(match => match.Similarity));
        Assert.Equal(3, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void Removing_an_unknown_case_removes_nothing()
    {
        TestCases.Write(_folder.Path, Few());
        var failure = Assert.Throws<CaseStoreException>(() => EmbeddedCaseLibrary.Remove(_folder.Path, ["n1", "nobody"]));
        Assert.Contains("nobody", failure.Message, StringComparison.Ordinal);
        Assert.Equal(4, EmbeddedCaseLibrary.Open(_folder.Path).Cases.Count);
    }

    [Fact]
    public void The_same_cases_in_another_order_give_the_same_bytes()
    {
        TestCases.Write(_folder["one"], Few());
        TestCases.Write(_folder["two"], [.. Few().Reverse()]);
        var names = Directory.GetFiles(_folder["one"]).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(names, Directory.GetFiles(_folder["two"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var name in names)
            Assert.Equal(File.ReadAllBytes(_folder["one", name!]), File.ReadAllBytes(_folder["two", name!]));
    }

    [Fact]
    public void A_writer_killed_before_the_manifest_is_in_place_leaves_the_old_library()
    {
        var manifest = TestCases.Write(_folder.Path, Few()).Manifest;
        // What such a kill leaves behind: new data files, and a manifest under its temporary name.
        File.WriteAllText(_folder["cases-00000000.jsonl"], "{}");
        File.WriteAllText(_folder["embeddings-00000000.f16.part"], "");
        File.WriteAllText(_folder["library.json.part"], "{");
        Assert.Equivalent(manifest, EmbeddedCaseLibrary.Open(_folder.Path).Manifest, strict: true);

        TestCases.Write(_folder.Path, [.. Few().Take(2)]);
        Assert.Equal(3, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_said_so()
    {
        File.WriteAllText(_folder["file"], "");
        var failure = Assert.Throws<CaseStoreException>(() => TestCases.Write(_folder["file"], Few()));
        Assert.Contains("cannot be written", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_count_diagnoses_and_fields()
    {
        var statistics = TestCases.Write(_folder.Path, Few()).Statistics();
        Assert.Equal([new FieldCount("nevus", 2), new FieldCount("keratosis", 1), new FieldCount("melanoma", 1)], statistics.Diagnoses);
        Assert.Equal([new FieldCount("back", 2), new FieldCount("face", 1), new FieldCount("hand", 1)], statistics.Fields["site"]);
        Assert.DoesNotContain("id", statistics.Fields.Keys);
    }

    [Fact]
    public async Task Many_searches_at_once_give_what_one_gives()
    {
        var library = TestCases.Write(_folder.Path, TestCases.Random(3, 200, 24));
        var queries = Enumerable.Range(0, 64).Select(seed => new CaseQuery(TestCases.Direction(new Random(seed), 24), 5, seed % 2 == 0 ? [new("site", "back")] : null)).ToList();
        var alone = new List<string>();
        foreach (var query in queries) alone.Add(Ids(await library.SearchAsync(query)));
        var together = await Task.WhenAll(queries.Select(query => Task.Run(() => library.SearchAsync(query))));
        Assert.Equal(alone, together.Select(Ids));

        static string Ids(IReadOnlyList<CaseMatch> matches) => string.Join(' ', matches.Select(match => match.Case.Id));
    }

    [Fact]
    public async Task A_search_that_was_cancelled_does_not_begin()
    {
        var library = TestCases.Write(_folder.Path, Few());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => library.SearchAsync(new CaseQuery(new float[] { 1, 0 }), new CancellationToken(true)));
    }

    private static IReadOnlyList<EmbeddedCase> Few() =>
    [
        TestCases.Case("m1", "a/b/c/melanoma", [1, 0.1f], ("site", "back"), ("age", "40")),
        TestCases.Case("n1", "a/b/c/nevus", [0.9f, 0.2f], ("site", "back"), ("age", "60")),
        TestCases.Case("n2", "a/b/c/nevus", [0.2f, 1], ("site", "face")),
        TestCases.Case("k1", "a/d/e/keratosis", [-1, 0.5f], ("site", "hand"), ("age", "85")),
    ];

    private static LibraryContent InMemory(IReadOnlyList<EmbeddedCase> cases)
    {
        var dimension = cases[0].Embedding.Length;
        var file = new LibraryFile("", 0, "");
        return new LibraryContent(
            new LibraryManifest(1, TestCases.Pack, dimension, cases.Count, 0.99, [TestCases.Source], file, file),
            [.. cases.Select(entry => entry.Record)], new EmbeddingRows([.. cases.SelectMany(entry => entry.Embedding)], dimension));
    }
}
