namespace DermAssistant.Cli.Tests;

public sealed class AskCommandTests : IDisposable
{
    private readonly DermSession _derm = new();

    public void Dispose() => _derm.Dispose();

    [BuiltInPackFact]
    public async Task An_answer_has_every_field_of_the_contract_and_every_evidence_it_cites()
    {
        var outcome = await _derm.RunAsync("ask", "What could this be, and why?", "--photo", _derm.File("lesion.jpg", TestPhotos.Lesion), "--json");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        var answer = outcome.Document!.AsObject();
        foreach (var field in (string[])["conversation", "text", "claims", "removed", "suggestions", "asks", "tools", "evidence", "models"])
            Assert.True(answer.ContainsKey(field), field);
        Assert.Equal("narrator", (string?)answer["models"]!["chat"]);
        var known = answer["evidence"]!.AsArray().Select(item => (string)item!["id"]!).ToHashSet();
        var cited = answer["claims"]!.AsArray().SelectMany(claim => claim!["evidence"]!.AsArray()).Select(id => (string)id!).ToList();
        Assert.NotEmpty(cited);
        Assert.All(cited, id => Assert.Contains(id, known));
    }

    [BuiltInPackFact]
    public async Task A_follow_up_goes_on_with_the_conversation_of_an_earlier_run()
    {
        var first = await _derm.RunAsync("ask", "What is this?", "--photo", _derm.File("lesion.jpg", TestPhotos.Lesion), "--json");
        var conversation = (string)first.Document!["conversation"]!;

        var second = await _derm.RunAsync("ask", "Is it urgent?", "--conversation", conversation, "--json");

        Assert.Equal((0, ""), (second.ExitCode, second.Error));
        Assert.Equal(conversation, (string?)second.Document!["conversation"]);
        Assert.Contains("assess_urgency", second.Document!["tools"]!.AsArray().Select(tool => (string)tool!));
    }

    [Fact]
    public async Task A_conversation_that_is_not_there_is_said_to_begin()
    {
        var first = await _derm.RunAsync("ask", "hello", "--conversation", "nope", "--json");
        var second = await _derm.RunAsync("ask", "hello", "--conversation", "nope", "--json");

        Assert.Equal(0, first.ExitCode);
        Assert.Contains("there was no conversation 'nope'", first.Error, StringComparison.Ordinal);
        Assert.Equal("nope", (string?)first.Document!["conversation"]);
        Assert.Equal((0, ""), (second.ExitCode, second.Error));
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_refused_without_a_photo_too()
    {
        var outcome = await _derm.RunAsync("ask", "hi", "--model", "nope", "--json");

        Assert.Equal(4, outcome.ExitCode);
        Assert.Contains("nope", (string?)outcome.Document!["error"]!["message"], StringComparison.Ordinal);
    }

    [BuiltInPackFact]
    public async Task The_bundle_of_a_follow_up_is_replayed_with_the_photo_named()
    {
        var photo = _derm.File("lesion.jpg", TestPhotos.Lesion);
        var bundle = _derm.PathOf("why.json");
        var first = await _derm.RunAsync("ask", "What is this?", "--photo", photo, "--json");
        await _derm.RunAsync("ask", "Why?", "--conversation", (string)first.Document!["conversation"]!, "--bundle", bundle, "--json");

        var plain = await _derm.RunAsync("replay", bundle);
        var named = await _derm.RunAsync("replay", bundle, "--photo", photo);

        Assert.Equal(3, plain.ExitCode);
        Assert.Contains("--photo lesion.jpg", plain.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (named.ExitCode, named.Error));
    }

    [Fact]
    public async Task A_photo_that_cannot_be_used_is_said_in_the_answer_and_ends_with_3()
    {
        var outcome = await _derm.RunAsync("ask", "What is this?", "--photo", _derm.File("scan.jpg", TestPhotos.Pdf), "--json");

        outcome.FailsWith(3, "badInput", "scan.jpg");
        Assert.NotEqual("", (string?)outcome.Document!["text"]);
        Assert.DoesNotContain(outcome.Document!["evidence"]!.AsArray(), item => (string?)item!["kind"] == "differential");
    }

    [Fact]
    public async Task A_question_of_a_hundred_thousand_characters_is_bad_input()
    {
        var outcome = await _derm.RunAsync("ask", new string('a', 100_000), "--json");

        outcome.FailsWith(3, "badInput", "100");
        Assert.True(outcome.Error.Length < 1000, "the question is not repeated");
    }

    [Fact]
    public async Task An_unknown_pack_is_named()
    {
        var outcome = await _derm.RunAsync("ask", "What is this?", "--photo", _derm.File("lesion.jpg", TestPhotos.Lesion), "--model", "no-such-pack", "--json");

        outcome.FailsWith(4, "noModelPack", "no-such-pack");
    }

    [BuiltInPackFact]
    public async Task A_bundle_can_be_replayed_and_one_that_was_changed_fails()
    {
        var bundle = _derm.PathOf("bundle.json");
        var photo = _derm.File("lesion.jpg", TestPhotos.Lesion);
        var asked = await _derm.RunAsync("ask", "What could this be?", "--photo", photo, "--bundle", bundle, "--json");
        Assert.Equal((0, ""), (asked.ExitCode, asked.Error));

        var same = await _derm.RunAsync("replay", bundle, "--json");
        Assert.Equal((0, ""), (same.ExitCode, same.Error));

        File.WriteAllText(bundle, File.ReadAllText(bundle).Replace("\"probability\": 0.", "\"probability\": 0.0", StringComparison.Ordinal));
        var changed = await _derm.RunAsync("replay", bundle, "--json");
        Assert.Equal(1, changed.ExitCode);
    }

    [Fact]
    public async Task A_bundle_that_is_none_is_bad_input()
    {
        var outcome = await _derm.RunAsync("replay", _derm.File("bundle.json", "{ }"), "--json");

        outcome.FailsWith(3, "badInput", "bundle.json");
    }
}
