namespace DermAssistant.Cases.Tests;

public sealed class CaseSearchTests : IDisposable
{
    private static readonly float[] Query = Along(0, 1f);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Counter_examples_are_the_nearest_of_other_diagnoses_one_each()
    {
        var found = await Search().FindSimilarAsync(Query, TestOntology.Id("melanoma"), top: 3, counterExamples: 2);
        Assert.Equal(["mel-1", "mel-2", "nev-1"], found.Similar.Select(match => match.Case.Id));
        Assert.Equal(["nev-1", "bcc-1"], found.CounterExamples.Select(match => match.Case.Id));
    }

    [Fact]
    public async Task Without_a_leading_diagnosis_the_nearest_case_leads()
    {
        var found = await Search().FindSimilarAsync(Query, null);
        Assert.Equal(["nev-1", "bcc-1"], found.CounterExamples.Select(match => match.Case.Id));
    }

    [Fact]
    public async Task No_counter_example_shares_the_leading_diagnosis_whatever_that_is()
    {
        var search = Search();
        foreach (var name in new[] { "melanoma", "melanocytic nevus", "basal cell carcinoma" })
            Assert.DoesNotContain((await search.FindSimilarAsync(Query, TestOntology.Id(name))).CounterExamples, match => match.Case.DiagnosisId == TestOntology.Id(name));
    }

    [Fact]
    public async Task The_query_photo_itself_is_marked()
    {
        var found = await Search().FindSimilarAsync(Along(0, 0.9f), TestOntology.Id("melanoma"));
        Assert.Equal([true, false, false, false, false], found.Similar.Select(match => match.NearDuplicate));
    }

    [Fact]
    public async Task A_filter_takes_synonyms_and_inner_nodes()
    {
        var search = Search();
        var byName = await search.FindSimilarAsync(Query, null, filters: [new("diagnosis", "Basal cell carcinoma")]);
        Assert.Equal(["bcc-1"], byName.Similar.Select(match => match.Case.Id));
        Assert.Empty(byName.CounterExamples);

        var category = TestOntology.Graph.Find("melanoma")!.Path[0];
        Assert.Equal(5, (await search.FindSimilarAsync(Query, null, filters: [new("diagnosis", category)])).Similar.Count);
    }

    [Fact]
    public async Task An_unknown_diagnosis_in_a_filter_is_an_error()
    {
        var failure = await Assert.ThrowsAsync<CaseFilterException>(() => Search().FindSimilarAsync(Query, null, filters: [new("diagnosis", "dragon pox")]));
        Assert.Contains("dragon pox", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_finds_what_its_embedding_is_near_to_and_nothing_is_its_duplicate()
    {
        // The tiny pack puts a text of one letter along one axis: 'l' is 108, and 108 mod 12 is 0.
        var found = await Search().SearchTextAsync("lll", top: 2, filters: [new("site", "back")]);
        Assert.Equal(["mel-1", "nev-1"], found.Select(match => match.Case.Id));
        Assert.All(found, match => Assert.False(match.NearDuplicate));
        await Assert.ThrowsAsync<ArgumentException>(() => Search().SearchTextAsync("  "));
    }

    [Fact]
    public void A_library_of_another_pack_is_refused()
    {
        var library = TestCases.Write(_folder.Path, [TestCases.Case("a", "x", [1, 0])]);
        var other = new OtherLibrary(library);
        Assert.Throws<CaseStoreException>(() => new CaseSearch(other, TinyPack.Open(), TestOntology.Graph));
    }

    private CaseSearch Search()
    {
        EmbeddedCase[] cases =
        [
            Of("mel-1", "melanoma", 0.9f, "back"), Of("mel-2", "melanoma", 0.8f, "face"), Of("nev-1", "melanocytic nevus", 0.7f, "back"),
            Of("nev-2", "melanocytic nevus", 0.6f, "face"), Of("bcc-1", "basal cell carcinoma", 0.5f, "face"),
        ];
        return new CaseSearch(TestCases.Write(_folder.Path, cases), TinyPack.Open(), TestOntology.Graph);
    }

    private static EmbeddedCase Of(string id, string diagnosis, float similarity, string site)
    {
        var node = TestOntology.Graph.Find(diagnosis)!;
        var entry = TestCases.Case(id, node.Id, Along(0, similarity), ("site", site));
        return entry with { Record = entry.Record with { DiagnosisName = node.Name } };
    }

    /// <summary>A unit vector with a given cosine to an axis.</summary>
    private static float[] Along(int axis, float cosine)
    {
        var embedding = new float[TinyPack.Dimension];
        embedding[axis] = cosine;
        embedding[(axis + 1) % TinyPack.Dimension] = MathF.Sqrt(1 - (cosine * cosine));
        return embedding;
    }

    private sealed class OtherLibrary(ICaseLibrary inner) : ICaseLibrary
    {
        public string PackId => "other";

        public Task<int> CountAsync(CancellationToken cancellationToken = default) => inner.CountAsync(cancellationToken);

        public Task<CaseRecord?> FindAsync(string id, CancellationToken cancellationToken = default) => inner.FindAsync(id, cancellationToken);

        public Task<IReadOnlyList<CaseMatch>> SearchAsync(CaseQuery query, CancellationToken cancellationToken = default) => inner.SearchAsync(query, cancellationToken);
    }
}
