using System.Globalization;
using SkiaSharp;

namespace DermAssistant.Cli.Tests;

/// <summary>From a pack to its int8 variant, its calibration and the figures of its concepts, on drawn lesions.</summary>
public sealed class PackPreparationTests : IDisposable
{
    private const int Photos = 60;

    private static readonly string[] Diagnoses = ["nv", "mel", "bkl"];

    private readonly DermSession _derm = new();
    private readonly string _photos;
    private readonly string _table;

    public PackPreparationTests()
    {
        _photos = Directory.CreateDirectory(_derm.PathOf("photos")).FullName;
        var random = new Random(5);
        var rows = new List<string> { "id,dx,split,asymmetric" };
        for (var i = 0; i < Photos; i++)
        {
            var asymmetric = i % 2 == 0;
            File.WriteAllBytes(Path.Combine(_photos, $"p{i}.jpg"), Draw(random, asymmetric));
            rows.Add(string.Create(CultureInfo.InvariantCulture, $"p{i},{Diagnoses[i % 3]},{(i < 54 ? "calibration" : "validation")},{(asymmetric ? 1 : 0)}"));
        }
        _table = _derm.File("labels.csv", string.Join('\n', rows) + "\n");
    }

    public void Dispose() => _derm.Dispose();

    [BuiltInPackFact]
    public async Task A_pack_is_quantised_calibrated_and_measured()
    {
        var made = await _derm.RunAsync("models", "quantize", "derm-mini", "--images", _photos, "--labels", _table, "--id-column", "id", "--label-column", "dx", "--where", "split=validation", "--id", "small", "--json");
        Assert.True(made.ExitCode == 0, made.Error);
        var error = made.Document!["quantization"]!;
        Assert.InRange((double)error["minImageCosine"]!, 0.99, 1);
        Assert.Equal(7, (int)error["labels"]!);
        Assert.InRange((double)error["top1Agreement"]!, 0, 1);
        Assert.Equal((6, 3), ((int)error["auroc"]!["photos"]!, (int)error["auroc"]!["classes"]!));
        Assert.Equal((double)error["auroc"]!["int8"]! - (double)error["auroc"]!["float32"]!, (double)error["auroc"]!["shift"]!, 12);

        // It has the calibration of the pack it was made from, which does not hold for it.
        var before = await Classify();
        Assert.False((bool)before["model"]!["calibrated"]!);
        Assert.Null(before["coverage"]);

        var calibrated = await _derm.RunAsync("models", "calibrate", "small", "--images", _photos, "--labels", _table, "--id-column", "id", "--label-column", "dx", "--where", "split=calibration", "--json");
        Assert.True(calibrated.ExitCode == 0, calibrated.Error);
        Assert.Equal(("small", 54), ((string?)calibrated.Document!["pack"], (int)calibrated.Document!["photos"]!));

        var after = await Classify();
        Assert.True((bool)after["model"]!["calibrated"]!);
        Assert.InRange((double)after["coverage"]!, 0, 1);
        Assert.Equal(6, (int)after["n"]!);

        var concepts = await _derm.RunAsync("eval", "concepts", "--images", _photos, "--labels", _table, "--id-column", "id", "--model", "small", "--store", "--json");
        Assert.True(concepts.ExitCode == 0, concepts.Error);
        var measured = Assert.Single(concepts.Document!["concepts"]!.AsArray())!;
        Assert.Equal(("asymmetric", 60, 30), ((string?)measured["id"], (int)measured["n"]!, (int)measured["positives"]!));
        Assert.Contains("asymmetric", File.ReadAllText(Path.Combine(_derm.Home, "models", "small", "concepts.json")), StringComparison.Ordinal);
        Assert.Equal(0, (await _derm.RunAsync("models", "verify", "small", "--json")).ExitCode);
    }

    [BuiltInPackFact]
    public async Task What_ships_with_the_product_is_never_written_to()
    {
        string[] set = ["--images", _photos, "--labels", _table, "--id-column", "id"];

        (await _derm.RunAsync(["models", "calibrate", "derm-mini", .. set, "--label-column", "dx", "--json"])).FailsWith(2, "wrongUsage", "derm-mini", "never written to");
        (await _derm.RunAsync(["eval", "concepts", .. set, "--store", "--json"])).FailsWith(2, "wrongUsage", "derm-mini");
    }

    [BuiltInPackFact]
    public async Task A_table_without_its_columns_is_wrong_usage_and_one_that_is_not_there_bad_input()
    {
        (await _derm.RunAsync("models", "quantize", "derm-mini", "--images", _photos, "--labels", _table, "--json")).FailsWith(2, "wrongUsage", "--id-column");
        (await _derm.RunAsync("models", "quantize", "derm-mini", "--images", _photos, "--labels", _derm.PathOf("none.csv"), "--id-column", "id", "--label-column", "dx", "--json"))
            .FailsWith(3, "badInput", "none.csv");
        (await _derm.RunAsync("eval", "concepts", "--images", _photos, "--labels", _table, "--id-column", "id", "--concept-column", "none", "--json")).FailsWith(3, "badInput", "none");
        Assert.False(Directory.Exists(Path.Combine(_derm.Home, "models", "derm-mini-int8")));
    }

    private async Task<System.Text.Json.Nodes.JsonNode> Classify()
    {
        var outcome = await _derm.RunAsync(
            "eval", "classify", "--images", _photos, "--labels", _table, "--id-column", "id", "--label-column", "dx", "--where", "split=validation", "--model", "small", "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return outcome.Document!;
    }

    private static byte[] Draw(Random random, bool asymmetric)
    {
        using var bitmap = new SKBitmap(160, 160);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor((byte)random.Next(205, 235), (byte)random.Next(160, 190), (byte)random.Next(135, 165)));
        using var brown = new SKPaint { Color = new SKColor((byte)random.Next(90, 140), (byte)random.Next(50, 80), 40), IsAntialias = true };
        canvas.DrawOval(80, 80, random.Next(30, 50), random.Next(30, 50), brown);
        if (asymmetric) canvas.DrawOval(110, 60, random.Next(15, 30), random.Next(10, 20), brown);
        canvas.Flush();
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 92);
        return data.ToArray();
    }
}
