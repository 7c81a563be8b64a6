using System.CommandLine;
using DermAssistant.Hosts;

namespace DermAssistant.Cli.Tests;

public sealed class InterruptTests : IDisposable
{
    private readonly DermSession _derm = new();

    public void Dispose() => _derm.Dispose();

    /// <summary>System.CommandLine listens for Ctrl-C once a command has given it a task to wait for.</summary>
    [Fact]
    public async Task Ctrl_C_is_listened_for_while_a_command_works_that_never_waits()
    {
        using var go = new ManualResetEventSlim();
        using var words = new StringWriter();
        await using var host = new CommandHost(new Terminal(words, words, new StringReader("")), new DataFolders(AppContext.BaseDirectory, _derm.Home));
        var command = host.Run(new Command("work"), _ =>
        {
            go.Wait(TimeSpan.FromSeconds(30));
            return ExitCode.Done;
        });

        var running = new RootCommand { SharedOptions.Json(), command }.Parse("work").InvokeAsync();
        var waits = !running.IsCompleted;
        go.Set();

        Assert.True(waits);
        Assert.Equal(0, await running);
    }
}
