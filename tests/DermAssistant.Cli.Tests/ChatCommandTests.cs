namespace DermAssistant.Cli.Tests;

public sealed class ChatCommandTests : IDisposable
{
    private readonly DermSession _derm = new();

    public void Dispose() => _derm.Dispose();

    [BuiltInPackFact]
    public async Task A_chat_remembers_its_photo_until_it_is_begun_anew()
    {
        var photo = _derm.File("lesion.jpg", TestPhotos.Lesion);

        var outcome = await _derm.TalkAsync($"/photo {photo}\nWhat is it?\nWhy?\n/new\nWhat is it?\n/quit\nnever asked\n", "chat");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        var parts = outcome.Out.Split("Forgotten.");
        Assert.Equal(2, parts.Length);
        Assert.Contains("[D", parts[0], StringComparison.Ordinal);
        Assert.DoesNotContain("[D", parts[1], StringComparison.Ordinal);
        Assert.DoesNotContain("never asked", outcome.Out, StringComparison.Ordinal);
    }

    [BuiltInPackFact]
    public async Task A_refused_photo_is_not_answered_from_the_one_before()
    {
        var photo = _derm.File("lesion.jpg", TestPhotos.Lesion);
        var cut = _derm.File("cut.jpg", TestPhotos.Truncated);

        var outcome = await _derm.TalkAsync($"/photo {photo}\nWhat is it?\n/photo {cut}\nIs this one melanoma?\n/quit\n", "chat");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        var said = string.Join(' ', outcome.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var last = said[said.LastIndexOf("px, refused", StringComparison.Ordinal)..];
        Assert.Contains("cut.jpg could not be used.", last, StringComparison.Ordinal);
        Assert.DoesNotContain("%", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_photo_and_an_unknown_command_do_not_end_the_chat()
    {
        var outcome = await _derm.TalkAsync($"/photo {_derm.PathOf("none.jpg")}\n/photo\n/frobnicate\n/quit\n", "chat");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("refused", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("/frobnicate", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signs_no_photo_shows_are_asked_for_one_at_a_time_and_the_replies_count()
    {
        var outcome = await _derm.TalkAsync("I have a rash and a fever\nno\nyes\n/quit\n", "chat");

        var asked = outcome.Out.Split('\n').Where(line => line.StartsWith("Please tell: ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, asked.Distinct().Count());
        Assert.All(asked, line => Assert.DoesNotContain('|', line));
        Assert.Contains("Urgency by rule: emergency", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_the_input_ends_the_chat()
    {
        var outcome = await _derm.TalkAsync("", "chat");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
    }

    [Fact]
    public async Task A_chat_has_no_json()
    {
        var outcome = await _derm.RunAsync("chat", "--json");

        outcome.FailsWith(2, "wrongUsage", "ask");
    }
}
