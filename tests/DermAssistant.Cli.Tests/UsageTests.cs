namespace DermAssistant.Cli.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly DermSession _derm = new();

    public void Dispose() => _derm.Dispose();

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("analyze")]
    [InlineData("analyze", "a.jpg", "--colour")]
    [InlineData("ask")]
    [InlineData("ask", "why?", "--photo")]
    [InlineData("chat")]
    [InlineData("models", "add", "x", "--quick-gelu", "perhaps")]
    [InlineData("photo")]
    [InlineData("photo", "crop", "a.jpg", "--out", "b.png")]
    [InlineData("photo", "crop", "a.jpg", "--model", "derm-mini", "--config", "c.json", "--out", "b.png")]
    [InlineData("ontology", "path")]
    [InlineData("ontology", "search", "mole", "--top", "0")]
    [InlineData("ontology", "search", "mole", "--top", "many")]
    [InlineData("cases", "search")]
    [InlineData("cases", "search", "--text", "a mole", "--photo", "a.jpg")]
    [InlineData("cases", "search", "--text", "a mole", "--filter", "female")]
    [InlineData("models", "use")]
    public async Task A_wrong_command_line_ends_with_2_and_says_where_to_read(params string[] args)
    {
        var outcome = await _derm.RunAsync([.. args, "--json"]);

        outcome.FailsWith(2, "wrongUsage", "--help");
    }

    [Fact]
    public async Task A_mistyped_command_is_answered_with_the_nearest_one()
    {
        var outcome = await _derm.RunAsync("analyse", "a.jpg");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("Did you mean 'analyze'?", outcome.Error, StringComparison.Ordinal);
        Assert.Equal("", outcome.Out);
    }

    [Fact]
    public async Task A_group_without_its_command_lists_what_it_has()
    {
        var outcome = await _derm.RunAsync("ontology");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("siblings", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("ontology", "map", "--help")]
    [InlineData("--version")]
    public async Task Help_and_version_are_no_failures(params string[] args)
    {
        var outcome = await _derm.RunAsync(args);

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.NotEqual("", outcome.Out);
    }

    [Fact]
    public async Task A_command_that_is_stopped_says_so_and_ends_with_130()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        var outcome = await _derm.StopAsync(stop.Token, "analyze", _derm.File("lesion.jpg", TestPhotos.Lesion), "--json");

        outcome.FailsWith(130, "interrupted", "Stopped");
    }
}
