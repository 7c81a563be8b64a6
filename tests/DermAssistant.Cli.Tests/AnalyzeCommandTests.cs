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

    [BuiltInPackFact]
    public async Task What_speaks_for_and_against_the_first_three_conditions_is_part_of_a_reading()
    {
        var reading = (await _derm.RunAsync("analyze", _derm.File("lesion.jpg", TestPhotos.Lesion), "--json")).Document!;

        var influence = reading["influence"]!.AsArray();
        if (reading["differential"]!.AsArray().Count == 0)
        {
            // The pack says it does not know drawn pictures.
            Assert.Empty(influence);
            return;
        }

        Assert.Equal(reading["differential"]!.AsArray().Take(3).Select(entry => (string?)entry!["id"]), influence.Select(condition => (string?)condition!["id"]));
    }

    [BuiltInPackFact]
    public async Task Pictures_show_where_a_concept_is_seen_and_those_of_equally_named_photos_lie_side_by_side()
    {
        var first = _derm.File("lesion.jpg", TestPhotos.Lesion);
        Directory.CreateDirectory(_derm.PathOf("other"));
        File.Copy(first, Path.Combine(_derm.PathOf("other"), "lesion.jpg"));
        var folder = _derm.PathOf("where");

        var outcome = await _derm.RunAsync("analyze", first, Path.Combine(_derm.PathOf("other"), "lesion.jpg"), "--overlay", folder, "--concept", "asymmetric", "--json");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(["lesion.asymmetric-2.png", "lesion.asymmetric.png"], Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        foreach (var reading in outcome.Document!.AsArray())
        {
            var picture = Assert.Single(reading!["overlays"]!.AsArray())!;
            Assert.Equal("asymmetric", (string?)picture["concept"]);
            Assert.True(File.ReadAllBytes((string)picture["file"]!).AsSpan(1).StartsWith("PNG"u8));
            Assert.True((double)picture["highestContrast"]! >= (double)picture["lowestContrast"]!);
        }
    }

    [BuiltInPackFact]
    public async Task A_concept_that_is_none_or_not_the_packs_is_bad_input_and_a_concept_without_a_folder_wrong_usage()
    {
        var photo = _derm.File("lesion.jpg", TestPhotos.Lesion);

        (await _derm.RunAsync("analyze", photo, "--overlay", _derm.PathOf("where"), "--concept", "sparkle", "--json")).FailsWith(3, "badInput", "sparkle");
        (await _derm.RunAsync("analyze", photo, "--overlay", _derm.PathOf("where"), "--concept", "abscess", "--json")).FailsWith(3, "badInput", "abscess", "asymmetric");
        (await _derm.RunAsync("analyze", photo, "--concept", "asymmetric", "--json")).FailsWith(2, "wrongUsage", "--overlay");
        (await _derm.RunAsync("analyze", photo, "--overlay", Path.Combine(photo, "where"), "--json")).FailsWith(5, "storeUnreachable", "cannot be written");
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
