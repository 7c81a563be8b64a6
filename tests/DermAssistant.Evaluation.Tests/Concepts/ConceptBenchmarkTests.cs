using DermAssistant.Cases;
using DermAssistant.Diagnosis;
using DermAssistant.Imaging;

namespace DermAssistant.Evaluation.Tests;

public sealed class ConceptBenchmarkTests : IDisposable
{
    private static readonly Bootstrap Quick = new(Resamples: 20);

    // In this pack red photos show erythema and blue ones a plaque.
    private readonly ColourPack _pack = new(("erythema", 0), ("plaque", 2));

    public ConceptBenchmarkTests()
    {
        for (var i = 0; i < 6; i++)
        {
            _pack.Photo($"red{i}.bmp", 0);
            _pack.Photo($"blue{i}.bmp", 2);
        }
    }

    public void Dispose() => _pack.Dispose();

    private ConceptBenchmark Benchmark => new(_pack.Pack, _pack.Reader, new PhotoGate(), ColourPack.Ontology);

    private Task<ConceptBenchmarkResult> Run(string table, string? column = null) =>
        Benchmark.RunAsync(new ConceptRequest(_pack.Photos, _pack.Table(table), "id", column), Quick);

    [Fact]
    public async Task A_column_a_concept_is_measured_where_it_says_yes_or_no()
    {
        var rows = Enumerable.Range(0, 6).SelectMany(i => new[] { $"red{i},1,no,x", $"blue{i},0,yes,x" });

        var result = await Run($"id,Erythema,plaque,shoe size\n{string.Join('\n', rows)}\n");

        Assert.Equal(12, result.N);
        var erythema = result.Concepts.Single(concept => concept.Id == "erythema");
        Assert.Equal((12, 6, 1.0), (erythema.N, erythema.Positives, erythema.Auroc));
        Assert.Equal([1.0, 1.0], erythema.Auroc95!);
        Assert.Equal(["shoe size"], result.Unknown);
        Assert.Equal("labels.csv", result.MeasuredOn);
    }

    [Fact]
    public async Task A_column_that_lists_concepts_takes_the_others_for_absent_and_leaves_out_rows_that_say_nothing()
    {
        var rows = Enumerable.Range(0, 6).SelectMany(i => new[] { $"red{i},\"erythema, sparkle\"", $"blue{i},plaque" });

        var result = await Run($"id,skin_concept\n{string.Join('\n', rows)}\nmissing,plaque\nred0,No visual concepts\n", "skin_concept");

        Assert.Equal([1.0, 1.0], result.Concepts.Select(concept => concept.Auroc!.Value));
        Assert.Equal(["No visual concepts", "sparkle"], result.Unknown);
        Assert.Equal(["missing", "red0"], result.Skipped.Select(photo => photo.File));
    }

    [Fact]
    public async Task A_detector_that_is_right_no_more_often_than_wrong_measures_one_half()
    {
        // Half of the red and half of the blue photos are said to show it.
        var rows = Enumerable.Range(0, 6).SelectMany(i => new[] { $"red{i},{i % 2}", $"blue{i},{i % 2}" });

        var result = await Run($"id,erythema\n{string.Join('\n', rows)}\n");

        Assert.Equal(0.5, result.Concepts.Single().Auroc);
    }

    [Fact]
    public async Task Too_few_photos_of_one_side_measure_nothing_and_say_so()
    {
        var rows = Enumerable.Range(0, 6).SelectMany(i => new[] { $"red{i},{(i < 4 ? 1 : 0)}", $"blue{i},0" });

        var concept = (await Run($"id,erythema\n{string.Join('\n', rows)}\n")).Concepts.Single();

        Assert.Equal((12, 4, null), (concept.N, concept.Positives, concept.Auroc));
        Assert.Contains("fewer than 5", concept.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stored_figures_come_with_readings()
    {
        var rows = Enumerable.Range(0, 6).SelectMany(i => new[] { $"red{i},1", $"blue{i},0" });
        var benchmark = Benchmark;
        var result = await benchmark.RunAsync(new ConceptRequest(_pack.Photos, _pack.Table($"id,erythema\n{string.Join('\n', rows)}\n"), "id"), Quick);

        ConceptQuality.Store(_pack.Folder, benchmark.ToStore(result));

        var reader = new PhotoReader(_pack.Pack, ColourPack.Ontology, ColourPack.Prompts);
        Assert.Equal([("erythema", 1.0), ("plaque", null)], reader.Concepts.Zip(reader.ConceptFigures, (concept, figure) => (concept.Id, figure?.Auroc)));
        var stored = ConceptQuality.Load(_pack.Folder)["erythema"];
        Assert.Equal((12, 6, "labels.csv"), (stored.Photos, stored.Positives, stored.MeasuredOn));
    }

    [Theory]
    [InlineData("id,shoe size\nred0,44\n", null, "no column that is named like a concept")]
    [InlineData("id,erythema\nnowhere,1\n", null, "No photo")]
    [InlineData("id,erythema\nred0,1\n", "no-such-column", "no-such-column")]
    public async Task A_table_that_cannot_be_used_is_refused_with_the_reason(string table, string? column, string said) =>
        Assert.Contains(said, (await Assert.ThrowsAsync<TableException>(() => Run(table, column))).Message, StringComparison.Ordinal);
}
