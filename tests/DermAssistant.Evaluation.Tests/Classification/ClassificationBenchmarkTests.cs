using System.Text.Json;
using DermAssistant.Cases;
using DermAssistant.Imaging;

namespace DermAssistant.Evaluation.Tests;

public sealed class ClassificationBenchmarkTests : IDisposable
{
    private static readonly Bootstrap Quick = new(Resamples: 20);

    private readonly ColourPack _pack = new();

    public void Dispose() => _pack.Dispose();

    [Fact]
    public async Task Photos_are_classified_and_counted_by_their_labels_in_any_words()
    {
        _pack.Photo("a.bmp", 0);
        _pack.Photo("b.bmp", 1);
        _pack.Photo("c.bmp", 2);
        _pack.Photo("d.bmp", 2);
        var result = await Run("id,dx\na,mel\nb.bmp,Melanocytic Nevus\nc,code2\nd,melanoma\n");

        Assert.Equal(4, result.N);
        Assert.Equal(ColourPack.Diagnoses.Select(name => ColourPack.Ontology.Find(name)!.Name), result.Classes);
        Assert.Equal(0.75, result.Accuracy);
        // Melanoma 1 of 2, nevus 1 of 1, carcinoma 1 of 1.
        Assert.Equal((0.5 + 1 + 1) / 3, result.BalancedAccuracy, 12);
        Assert.Equal([2, 1, 1], result.Classes.Select(name => result.PerClass[name].N));
        Assert.Equal(ColourPack.Ontology.Find("melanoma")!.Id, result.PerClass[result.Classes[0]].Id);
        Assert.Equal(1, result.Top3);
        Assert.Empty(result.Skipped);
    }

    [Fact]
    public async Task What_is_left_out_is_said_with_the_reason()
    {
        foreach (var name in new[] { "a.bmp", "unknown.bmp", "other.bmp", "empty.bmp" }) _pack.Photo(name, 0);
        File.WriteAllText(Path.Combine(_pack.Photos, "broken.bmp"), "BM");
        var result = await Run("id,dx\na,mel\na,mel\nmissing,mel\nunknown,dragon pox\nother,psoriasis\nempty,\nbroken,mel\n");

        Assert.Equal(1, result.N);
        var why = result.Skipped.ToDictionary(photo => photo.File, photo => photo.Why);
        Assert.Equal("the photo is there twice", why["a"]);
        Assert.StartsWith("there is no such photo in", why["missing"], StringComparison.Ordinal);
        Assert.Equal("the ontology has no place for the label \"dragon pox\"", why["unknown"]);
        Assert.Contains("is not among", why["other"], StringComparison.Ordinal);
        Assert.Equal("the row has no label", why["empty"]);
        Assert.NotEmpty(why["broken"]);
    }

    [Fact]
    public async Task Photos_outside_what_the_model_knows_are_counted_and_said_to_be_so()
    {
        _pack.Photo("a.bmp", 0, blank: true);
        _pack.Photo("b.bmp", 1);
        var result = await Run("id,dx\na,mel\nb,nv\n");
        Assert.Equal((2, 1, 1.0), (result.N, result.OutsideKnowledge, result.Accuracy));
    }

    [Fact]
    public async Task The_order_of_the_rows_changes_nothing()
    {
        for (var index = 0; index < 9; index++) _pack.Photo($"p{index}.bmp", index * 7 % 3);
        var rows = Enumerable.Range(0, 9).Select(index => $"p{index},{(index % 3 == 0 ? "mel" : "nv")}\n").ToArray();
        var one = await Run("id,dx\n" + string.Concat(rows));
        var other = await Run("id,dx\n" + string.Concat(rows.Reverse()));
        Assert.Equal(Json(one), Json(other));
    }

    [Fact]
    public async Task The_json_has_the_names_scripts_rely_on()
    {
        _pack.Photo("a.bmp", 0);
        _pack.Photo("b.bmp", 1);
        using var json = JsonDocument.Parse(Json(await Run("id,dx\na,mel\nb,nv\n")));
        var root = json.RootElement;
        foreach (var name in new[] { "n", "classes", "accuracy", "balancedAccuracy", "macroAuroc", "top3", "ece", "coverage", "meanSetSize", "perClass", "confidence95", "skipped" })
            Assert.True(root.TryGetProperty(name, out _), name);
        var first = root.GetProperty("perClass").GetProperty(root.GetProperty("classes")[0].GetString()!);
        Assert.Equal((1, 1.0, 1.0), (first.GetProperty("n").GetInt32(), first.GetProperty("recall").GetDouble(), first.GetProperty("auroc").GetDouble()));
        Assert.Equal(2, root.GetProperty("confidence95").GetProperty("accuracy").GetArrayLength());
        // A pack without calibration has no prediction sets to count.
        Assert.Equal(JsonValueKind.Null, root.GetProperty("coverage").ValueKind);
        Assert.False(root.GetProperty("model").GetProperty("calibrated").GetBoolean());
    }

    [Fact]
    public async Task A_missing_column_and_a_table_of_nothing_usable_are_errors()
    {
        _pack.Photo("a.bmp", 0);
        Assert.Contains("\"dx\"", (await Assert.ThrowsAsync<TableException>(() => Run("id,label\na,mel\n"))).Message, StringComparison.Ordinal);
        Assert.Contains("dragon pox", (await Assert.ThrowsAsync<TableException>(() => Run("id,dx\na,dragon pox\n"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_benchmark_can_be_stopped()
    {
        _pack.Photo("a.bmp", 0);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run("id,dx\na,mel\n", new CancellationToken(true)));
    }

    private Task<ClassificationResult> Run(string table, CancellationToken cancellationToken = default) =>
        new ClassificationBenchmark(_pack.Reader, new PhotoGate(), ColourPack.Ontology)
            .RunAsync(new ClassificationRequest(_pack.Photos, _pack.Table(table), "id", "dx"), Quick, cancellationToken: cancellationToken);

    private static string Json(ClassificationResult result) => JsonSerializer.Serialize(result, JsonSerializerOptions.Web);
}
