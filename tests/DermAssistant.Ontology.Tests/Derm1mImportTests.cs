namespace DermAssistant.Ontology.Tests;

public sealed class Derm1mImportTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"derm1m-{Guid.NewGuid():N}.json");

    [Fact]
    public void It_tells_what_maps_what_does_not_and_where_malignancy_disagrees()
    {
        var report = Read("""
            {
              "root": ["inflammatory", "proliferations"],
              "inflammatory": ["Atopic dermatitis", "Nail diseases, nail disease", "Skin diseases of horses"],
              "proliferations": ["benign", "malignant"],
              "benign": ["melanocytic", "cysts, cyst"],
              "malignant": ["melanocytic", "Lymphangioma"],
              "melanocytic": ["Malignant melanoma, melanoma", "Blue nevus"]
            }
            """);

        var melanoma = report.Nodes.Single(node => node.Name == "Malignant melanoma, melanoma");
        Assert.Equal("Melanoma", Assert.Single(melanoma.Mappings).Node?.Name);
        Assert.Equal(Derm1mNature.Both, melanoma.Nature);
        Assert.True(melanoma.IsLeaf);
        Assert.Equal(["melanocytic"], report.Merged);
        Assert.Contains(report.Unmapped, node => node.Name == "Skin diseases of horses");
        Assert.Contains(report.Mapped, node => node.Name == "Atopic dermatitis");
        Assert.Equal(["Blue nevus", "Lymphangioma", "Malignant melanoma, melanoma"], report.Disagreements.Select(node => node.Name).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(report.Nodes, node => node.Name == "root");
    }

    [Fact]
    public void A_byte_order_mark_a_repeated_key_and_a_loop_do_no_harm()
    {
        var report = Read("\uFEFF{ \"root\": [\"a\"], \"a\": [\"Scabies\"], \"a\": [\"b\"], \"b\": [\"a\"] }");

        Assert.Equal(["a", "Scabies", "b"], report.Nodes.Select(node => node.Name));
        Assert.All(report.Nodes, node => Assert.Equal(Derm1mNature.Unstated, node.Nature));
    }

    [Theory]
    [InlineData("[]", "is no Derm1M ontology")]
    [InlineData("{ \"root\": \"a\" }", "is no Derm1M ontology")]
    [InlineData("{ \"root\": [1] }", "is no Derm1M ontology")]
    [InlineData("{ \"root\": [", "line 1 is no Derm1M ontology")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "Git LFS pointer")]
    public void A_file_of_another_kind_is_refused_with_a_remedy(string content, string message)
    {
        var refusal = Assert.Throws<OntologyException>(() => Read(content));

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Hint);
    }

    [Theory]
    [InlineData("{ \"root\": [\"a\"],\n  \"a\": [\"Tum\u00f6r\"] }")]
    [InlineData("{ \"root\": [\"a\"],\n  \"Tum\u00f6r\": [\"a\"] }")]
    public void A_file_saved_as_ansi_is_refused_with_its_line_and_how_to_save_it(string content)
    {
        File.WriteAllBytes(_file, System.Text.Encoding.Latin1.GetBytes(content));

        var refusal = Assert.Throws<OntologyException>(() => Derm1mImport.Read(_file, Shipped.Graph));

        Assert.Contains("line 2 holds bytes that are not UTF-8", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("UTF-8", refusal.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"root\": [\"a\\ud800\"] }")]
    [InlineData("{ \"a\\ud800\": [] }")]
    public void Half_a_character_is_refused(string content) =>
        Assert.Contains("half a character", Assert.Throws<OntologyException>(() => Read(content)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_named()
    {
        var refusal = Assert.Throws<OntologyException>(() => Derm1mImport.Read("nowhere.json", Shipped.Graph));

        Assert.Contains("nowhere.json", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_file);

    private Derm1mReport Read(string content)
    {
        File.WriteAllText(_file, content);
        return Derm1mImport.Read(_file, Shipped.Graph);
    }
}
