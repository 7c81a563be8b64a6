using DermAssistant.Cases;

namespace DermAssistant.Evaluation.Tests;

public sealed class RetrievalBenchmarkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("derm-retrieval-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Figures_are_those_worked_out_on_paper()
    {
        // On a circle, in degrees: a at 0, 10, 40; b at 15, 90.
        var library = Library(("a1", "x/a", 0, "q"), ("a2", "x/a", 10, "g"), ("a3", "x/a", 40, "g"), ("b1", "x/b", 15, "g"), ("b2", "x/b", 90, "q"));
        var result = await RetrievalBenchmark.WithinAsync(library, depths: [1, 2]);
        Assert.Equal((5, 5), (result.N, result.Library));
        // Nearest two: a1: a2 b1; a2: b1 a1; a3: b1 a2; b1: a2 a1; b2: a3 b1.
        Assert.Equal(1 / 5.0, result.At[0].Recall, 12);
        Assert.Equal(1 / 5.0, result.At[0].Precision, 12);
        Assert.Equal((1 / 3.0 + 0) / 2, result.At[0].MacroRecall, 12);
        Assert.Equal(4 / 5.0, result.At[1].Recall, 12);
        Assert.Equal(4 / 10.0, result.At[1].Precision, 12);
        Assert.Equal((1 + 0.5) / 2, result.At[1].MacroRecall, 12);
    }

    [Fact]
    public async Task Queries_and_gallery_can_be_kept_apart()
    {
        var library = Library(("a1", "x/a", 0, "q"), ("a2", "x/a", 10, "g"), ("a3", "x/a", 40, "g"), ("b1", "x/b", 15, "g"), ("b2", "x/b", 90, "q"));
        var result = await RetrievalBenchmark.WithinAsync(library, new CaseFilter("split", "q"), new CaseFilter("split", "g"), [1]);
        Assert.Equal((2, 3), (result.N, result.Library));
        Assert.Equal(0.5, result.At[0].Recall);
    }

    [Fact]
    public async Task A_case_of_a_node_above_or_below_shares_the_diagnosis()
    {
        var library = Library(("a", "x/a", 0, "g"), ("b", "x/ab", 50, "g"));
        foreach (var (diagnosis, recall) in new[] { ("x", 1), ("x/a/deeper", 1), ("x/ab", 0) })
            Assert.Equal(recall, (await RetrievalBenchmark.MeasureAsync(library, [new RetrievalQuery("q", diagnosis, new float[] { 1, 0 })], null, 2, [1])).At[0].Recall);
    }

    [Fact]
    public async Task Without_queries_there_is_nothing_to_measure()
    {
        var library = Library(("a", "x/a", 0, "g"));
        await Assert.ThrowsAsync<ArgumentException>(() => RetrievalBenchmark.WithinAsync(library, new CaseFilter("split", "none")));
        await Assert.ThrowsAsync<ArgumentException>(() => RetrievalBenchmark.WithinAsync(library, depths: [0]));
    }

    private EmbeddedCaseLibrary Library(params (string Id, string Diagnosis, double Degrees, string Split)[] cases)
    {
        LibraryWriter.Write(_folder, new LibraryPack("tiny", "1"), 2,
            [.. cases.Select(of => new EmbeddedCase(
                new CaseRecord(of.Id, of.Diagnosis, of.Diagnosis, "", "Test", "", "CC0 1.0", new Dictionary<string, string> { ["split"] = of.Split }),
                [(Half)Math.Cos(of.Degrees * Math.PI / 180), (Half)Math.Sin(of.Degrees * Math.PI / 180)]))],
            [], 0.99);
        return EmbeddedCaseLibrary.Open(_folder);
    }
}
