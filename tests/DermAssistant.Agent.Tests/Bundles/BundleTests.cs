using System.Text.Json.Nodes;
using DermAssistant.Imaging;

namespace DermAssistant.Agent.Tests;

public sealed class BundleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bundles").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_bundle_replayed_comes_out_the_same()
    {
        var bundle = await Written("What could this be, and why?", "and how do I tell it from melanoma?");

        var report = await Replay(TestRoom.Make()).ReplayAsync(bundle, _folder);

        Assert.True(report.Same, string.Join('\n', report.Differences));
        Assert.Equal(bundle.Text, report.Recomputed.Text);
    }

    [Fact]
    public async Task A_model_that_reads_differently_is_reported_where_it_differs()
    {
        var bundle = await Written("What could this be, and why?");

        var report = await Replay(TestRoom.Make(gate => TestReadings.Make(gate, TestReadings.MostlyMelanoma))).ReplayAsync(bundle, _folder);

        Assert.False(report.Same);
        Assert.Contains(report.Differences, d => d.What == "text");
        Assert.Contains(report.Differences, d => d.What.StartsWith("readings[0].differential[0]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_number_changed_by_hand_is_found()
    {
        var bundle = await Written("What could this be, and why?");
        var forged = bundle with { Text = bundle.Text.Replace("62%", "26%", StringComparison.Ordinal) };

        var report = await Replay(TestRoom.Make()).ReplayAsync(forged, _folder);

        Assert.Equal("text", Assert.Single(report.Differences).What);
    }

    [Fact]
    public async Task A_moved_photo_can_be_named_for_the_replay()
    {
        var bundle = await Written("What could this be?");
        var moved = Path.Combine(_folder, "elsewhere.png");
        File.Move(Path.Combine(_folder, "lesion.png"), moved);

        await Assert.ThrowsAsync<BundleException>(() => Replay(TestRoom.Make()).ReplayAsync(bundle, _folder));
        var report = await Replay(TestRoom.Make()).ReplayAsync(bundle, _folder, [moved]);

        Assert.True(report.Same, string.Join('\n', report.Differences));
    }

    [Fact]
    public async Task What_a_language_model_wrote_is_checked_again_from_the_bundle()
    {
        using var server = new FakeOpenAi((n, request) => n == 0
            ? FakeOpenAi.Calls(request, ("diagnose", "{\"photo\":1}"))
            : FakeOpenAi.Says("Melanocytic nevus is the most probable, at 62%. [D1] It is harmless. [D1]"));
        var bundle = await Written(server.Model(), "What is it?");

        var report = await Replay(TestRoom.Make()).ReplayAsync(bundle, _folder);

        Assert.True(report.Same, string.Join('\n', report.Differences));
        Assert.Equal("fake-model", bundle.Versions.Chat);
    }

    [Fact]
    public async Task A_photo_of_an_earlier_question_that_the_bundle_has_no_path_of_is_asked_for()
    {
        var bundle = await Written("What could this be?", "why?");
        var pathless = bundle with { Turns = [.. bundle.Turns.Select(turn => turn with { Photos = [.. turn.Photos.Select(photo => photo with { Path = null })] })] };

        var refused = await Assert.ThrowsAsync<BundleException>(() => Replay(TestRoom.Make()).ReplayAsync(pathless, _folder));

        Assert.Contains("lesion.png", refused.Message);
        Assert.Contains("--photo lesion.png", refused.Hint);
    }

    [Theory]
    [InlineData("no json at all")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task What_is_no_bundle_is_refused(string text)
    {
        var path = Path.Combine(_folder, "b.json");
        await File.WriteAllTextAsync(path, text);

        var refused = await Assert.ThrowsAsync<BundleException>(() => BundleFile.ReadAsync(path));
        Assert.NotEmpty(refused.Hint);
    }

    [Fact]
    public async Task A_newer_layout_is_refused()
    {
        var bundle = await Written("What could this be?");

        Assert.Contains("layout 2", Assert.Throws<BundleException>(() => BundleFile.FromJson(BundleFile.ToJson(bundle with { Layout = 2 }))).Message);
    }

    [Fact]
    public async Task The_answers_json_has_every_field_of_the_contract()
    {
        var answer = await TestRoom.Assistant().AskAsync(new Question("", "What could this be, and why?", [TestPhotos.Admitted()]));

        var json = JsonNode.Parse(AnswerJson.ToText(answer))!.AsObject();

        Assert.Equal(["conversation", "text", "claims", "removed", "suggestions", "asks", "tools", "evidence", "models"], json.Select(p => p.Key));
        Assert.Equal("narrator", (string)json["models"]!["chat"]!);
        Assert.Equal(TestReadings.Pack, (string)json["models"]!["encoder"]!);
        var evidence = json["evidence"]![0]!.AsObject();
        Assert.Equal(["id", "kind", "text", "data"], evidence.Select(p => p.Key));
        Assert.Equal("differential", (string)evidence["kind"]!);
        Assert.NotNull(json["claims"]![0]!["evidence"]);
    }

    private Task<EvidenceBundle> Written(params string[] questions) => Written(null, questions);

    private async Task<EvidenceBundle> Written(ChatModel? model, params string[] questions)
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "lesion.png"), TestPhotos.Png(90));
        var answers = await TestRoom.AskAll(TestRoom.Assistant(model: model), TestPhotos.Admitted(), questions);
        var path = Path.Combine(_folder, "answer.bundle.json");
        var hash = TestPhotos.Admitted().Report.Sha256!;
        await BundleFile.WriteAsync(answers[^1].Bundle!.WithPaths(new Dictionary<string, string> { [hash] = "lesion.png" }), path);
        return await BundleFile.ReadAsync(path);
    }

    private static BundleReplay Replay(AgentRoom room) => new(room, new PhotoGate());
}
