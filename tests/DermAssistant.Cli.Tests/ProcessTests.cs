namespace DermAssistant.Cli.Tests;

/// <summary>The built program as people start it: exit code of the process, its two outputs, its environment.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly DermSession _derm = new();

    public void Dispose() => _derm.Dispose();

    [Fact]
    public async Task A_wrong_option_ends_the_process_with_2()
    {
        var outcome = await _derm.StartAsync("models", "list", "--colour", "--json");

        outcome.FailsWith(2, "wrongUsage", "--colour");
    }

    [Fact]
    public async Task A_refused_photo_ends_the_process_with_3()
    {
        var outcome = await _derm.StartAsync("photo", "check", _derm.File("scan.jpg", TestPhotos.Pdf), "--json");

        outcome.FailsWith(3, "badInput", "PDF");
    }

    [BuiltInPackFact]
    public async Task A_folder_that_is_called_like_a_pack_does_not_take_its_place()
    {
        Directory.CreateDirectory(_derm.PathOf("derm-mini"));

        var outcome = await _derm.StartAsync("models", "verify", "derm-mini", "--json");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.True((bool)outcome.Document!["passed"]!);
    }

    [Fact]
    public async Task Redirected_output_has_no_colours_and_fits_80_columns()
    {
        var outcome = await _derm.StartAsync("ontology", "show", "melanoma");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.DoesNotContain('\u001b', outcome.Out);
        Assert.All(outcome.Out.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    [Fact]
    public async Task Looking_something_up_writes_nothing_and_needs_no_home()
    {
        var outcome = await _derm.StartAsync(start =>
        {
            start.Environment.Remove("DERM_HOME");
            start.Environment.Remove("HOME");
            start.Environment["XDG_DATA_HOME"] = _derm.PathOf("data");
        }, "ontology", "map", "nv", "--json");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.False(Directory.Exists(_derm.PathOf("data")));
    }
}
