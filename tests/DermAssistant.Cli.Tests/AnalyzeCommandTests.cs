using System.Text.Json.Nodes;

namespace DermAssistant.Cli.Tests;

public sealed class AnalyzeCommandTests : IDisposable
{
    private readonly DermSession _derm = new();

    public void Dispose() => _derm.Dispose();

    [BuiltInPackFact]
    public async Task A_reading_has_every_field_of_the_contract()
    {
        var outcome = await _derm.RunAsync("analyze", _derm.File("lesion.jpg", TestPhotos.Lesion), "--json");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        var reading = outcome.Document!.AsObject();
        Holds(reading, "photo", "model", "differential", "predictionSet", "verdict", "malignancy", "concepts", "measurements", "triage", "evidence");
        Holds(reading["photo"]!, "file", "sha256", "format", "width", "height", "accepted", "modality", "quality", "reasons");
        Holds(reading["photo"]!["quality"]!, "sharpness", "exposure", "warnings");
        Holds(reading["model"]!, "id", "version");
        Holds(reading["verdict"]!, "id", "name", "level", "probability", "abstained", "why");
        Holds(reading["malignancy"]!, "probability");
        Holds(reading["triage"]!, "urgency", "reasons");
        foreach (var item in reading["evidence"]!.AsArray()) Holds(item!, "id", "kind", "text", "data");
    }

    [BuiltInPackFact]
    public async Task A_refused_photo_does_not_stop_the_others()
    {
        var good = _derm.File("good.jpg", TestPhotos.Lesion);
        var bad = _derm.File("bad.jpg", TestPhotos.Truncated);

        var outcome = await _derm.RunAsync("analyze", good, bad, good, "--json");

        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("bad.jpg", outcome.Error, StringComparison.Ordinal);
        var readings = outcome.Document!.AsArray();
        Assert.Equal([true, false, true], readings.Select(reading => (bool)reading!["photo"]!["accepted"]!));
        Assert.Null(readings[1]!["differential"]);
        Assert.Equal("badInput", (string?)readings[1]!["error"]!["code"]);
        Assert.Equal(readings[0]!.ToJsonString(), readings[2]!.ToJsonString());
    }

    [Fact]
    public async Task A_missing_photo_is_refused_before_a_model_is_opened()
    {
        var outcome = await _derm.RunAsync("analyze", _derm.PathOf("none.jpg"), "--model", "no-such-pack", "--json");

        outcome.FailsWith(3, "badInput", "none.jpg");
        Assert.False((bool)outcome.Document!["photo"]!["accepted"]!);
    }

    [Fact]
    public async Task An_unknown_pack_is_named()
    {
        var outcome = await _derm.RunAsync("analyze", _derm.File("lesion.jpg", TestPhotos.Lesion), "--model", "no-such-pack", "--json");

        outcome.FailsWith(4, "noModelPack", "no-such-pack", "derm models");
    }

    [BuiltInPackFact]
    public async Task On_the_screen_a_reading_is_readable_without_colour_in_80_columns()
    {
        var outcome = await _derm.RunAsync("analyze", _derm.File("lesion.jpg", TestPhotos.Lesion));

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        foreach (var heading in (string[])["lesion.jpg", "Verdict", "Urgency", "not a medical device"])
            Assert.Contains(heading, outcome.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', outcome.Out);
        Assert.All(outcome.Out.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    private static void Holds(JsonNode document, params string[] fields)
    {
        foreach (var field in fields) Assert.True(document.AsObject().ContainsKey(field), $"{field} is missing in {document.ToJsonString()}");
    }
}
