namespace DermAssistant.Cases.Tests;

public sealed class Derm1MImportTests : IDisposable
{
    private const string Header = "filename,caption,truncated_caption,source,source_type,disease_label,hierarchical_disease_label,skin_concept,body_location,symptoms,age,gender\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_row_becomes_a_case_with_the_captions_own_words_on_one_line()
    {
        Table("\uFEFF" + Header + "pubmed/a.bmp,\"A plaque, \"\"silvery\"\",\nwith scale\",short,pubmed_english,knowledge,psoriasis,\"inflammatory, psoriasis\",\"plaque, scale\",elbow,No symptom information,36,male\n");
        Photo("images", "pubmed", "a.bmp");
        var report = await Import();
        Assert.Empty(report.Skipped);
        var record = Library().Cases.Single();
        Assert.Equal("pubmed/a.bmp", record.Id);
        Assert.Equal(TestOntology.Id("psoriasis"), record.DiagnosisId);
        Assert.Equal("A plaque, \"silvery\", with scale", record.Caption);
        Assert.Equal("", record.Url);
        Assert.Equal("age=36|collection=pubmed_english|collectionType=knowledge|concepts=plaque, scale|sex=male|site=elbow",
            string.Join('|', record.Fields.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Fact]
    public async Task Places_that_say_nothing_is_known_are_no_fields()
    {
        Table(Header + "a/b.bmp,c,c,x,edu,psoriasis,,No visual concepts,No body location information,No symptom information,No age information,No gender information\n");
        Photo("images", "a", "b.bmp");
        await Import();
        Assert.Equal(["collection", "collectionType"], Library().Cases.Single().Fields.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Rows_left_out_are_reported_with_the_reason()
    {
        Table(Header
            + Row("a/1.bmp", "psoriasis") + Row("a/1.bmp", "psoriasis") + Row("a/2.bmp", "no definitive diagnosis") + Row("a/3.bmp", "dragon pox") + Row("a/gone.bmp", "psoriasis") + Row("a/lfs.bmp", "psoriasis"));
        foreach (var name in new[] { "1.bmp", "2.bmp", "3.bmp" }) Photo("images", "a", name);
        File.WriteAllText(_folder["images", "a", "lfs.bmp"], "version https://git-lfs.github.com/spec/v1\n");
        var report = await Import();
        Assert.Equal(1, report.Imported);
        (int Line, string Why)[] expected =
        [
            (3, "another caption"), (4, "there is no definitive diagnosis"), (5, "the ontology has no place"), (6, "there is no such image"), (7, "the image is a Git LFS pointer"),
        ];
        Assert.Equal(expected.Select(row => row.Line), report.Skipped.Select(row => row.Line));
        Assert.All(expected.Zip(report.Skipped), pair => Assert.StartsWith(pair.First.Why, pair.Second.Why, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_several_labels_the_first_known_one_is_the_diagnosis()
    {
        Table(Header + Row("a/1.bmp", "\"psoriasis, melanoma\""));
        Photo("images", "a", "1.bmp");
        await Import();
        var record = Library().Cases.Single();
        Assert.Equal(TestOntology.Id("psoriasis"), record.DiagnosisId);
        Assert.Equal(TestOntology.Graph.Find("melanoma")!.Name, record.Fields["otherDiagnoses"]);
    }

    [Fact]
    public async Task A_label_the_ontology_does_not_know_falls_back_to_the_deepest_node_of_its_path()
    {
        Table(Header + "a/1.bmp,c,c,x,edu,dragon pox,\"inflammatory, psoriasis\",,,,,\n");
        Photo("images", "a", "1.bmp");
        await Import();
        Assert.Equal(TestOntology.Id("psoriasis"), Library().Cases.Single().DiagnosisId);
    }

    [Fact]
    public async Task Images_are_found_without_their_folder_behind_other_peoples_paths_and_under_other_encodings()
    {
        Table(Header + Row("pubmed/flat.bmp", "psoriasis") + Row("/VL_Data/x/note/deep.bmp", "psoriasis") + Row("edu/s\u0131v\u0131 \u00E7izgi.bmp", "psoriasis") + Row("\"edu/a,[b] c.bmp\"", "psoriasis"));
        Photo("images", "flat.bmp");
        Photo("images", "note", "deep.bmp");
        Photo("images", "edu", "s\u0131v\u0131\u00A0c\u0327izgi.bmp");
        Photo("images", "edu", "a,[b] c.bmp");
        Assert.Empty((await Import()).Skipped);
    }

    [Fact]
    public async Task A_bare_name_that_stands_in_two_folders_is_not_guessed()
    {
        Table(Header + Row("one/1.bmp", "psoriasis") + Row("two/1.bmp", "psoriasis") + Row("two/2.bmp", "psoriasis"));
        Photo("images", "1.bmp");
        Photo("images", "two", "2.bmp");
        var report = await Import();
        Assert.Equal([2, 3], report.Skipped.Select(row => row.Line));
    }

    [Fact]
    public async Task A_path_that_leads_out_of_the_folder_finds_nothing()
    {
        Photo("secret.bmp");
        Table(Header + Row("../secret.bmp", "psoriasis") + Row("a/1.bmp", "psoriasis"), "set");
        Photo("set", "images", "a", "1.bmp");
        var report = await Import("set");
        Assert.Equal([2], report.Skipped.Select(row => row.Line));
    }

    [Fact]
    public async Task Tables_derived_from_derm1m_are_read_under_their_own_column_names()
    {
        Table("filename,standardized_disease,ontology_final,skin_concept_standarized,augmented_caption\na/1.bmp,psoriasis,,plaque,nan\n");
        Photo("images", "a", "1.bmp");
        await Import();
        Assert.Equal("plaque", Library().Cases.Single().Fields["concepts"]);
        Assert.Equal($"Photo labelled {TestOntology.Graph.Find("psoriasis")!.Name}.", Library().Cases.Single().Caption);
    }

    [Fact]
    public async Task A_folder_is_searched_for_tables_and_concept_lists_are_left_alone()
    {
        Table(Header + Row("a/1.bmp", "psoriasis"));
        File.WriteAllText(_folder["concept.csv"], "filename,disease_label,skin_concept\na/1.bmp,psoriasis,plaque\n");
        Photo("images", "a", "1.bmp");
        Assert.Equal(1, (await Import()).Imported);
        File.WriteAllText(_folder["Derm1M_v2_validation.csv"], "version https://git-lfs.github.com/spec/v1\n");
        Assert.Contains("Git LFS", (await Assert.ThrowsAsync<TableException>(() => Import())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caption_of_any_length_is_kept_short_and_whole()
    {
        Table(Header + $"a/1.bmp,{string.Concat(Enumerable.Repeat("😀", 3000))},c,x,edu,psoriasis,,,,,,\n");
        Photo("images", "a", "1.bmp");
        await Import();
        var caption = Library().Cases.Single().Caption;
        Assert.Equal(2000, caption.Length);
        Assert.False(char.IsHighSurrogate(caption[^1]));
    }

    private static string Row(string file, string label) => $"{file},caption,caption,x,edu,{label},,,,,,\n";

    private void Table(string text, string folder = "")
    {
        Directory.CreateDirectory(_folder[folder]);
        File.WriteAllText(_folder[folder, "Derm1M_v2_pretrain.csv"], text);
    }

    private void Photo(params string[] parts) => BmpPhoto.Write(_folder[parts], parts[^1].Length);

    private Task<CaseImportReport> Import(string folder = "") =>
        new CaseImporter(TinyPack.Open(), TestOntology.Graph).ImportDerm1MAsync(_folder[folder], _folder["library"]);

    private EmbeddedCaseLibrary Library() => EmbeddedCaseLibrary.Open(_folder["library"]);
}
