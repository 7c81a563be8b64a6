using System.CommandLine;
using System.Text.Json.Nodes;

namespace DermAssistant.Cli;

/// <summary>Runs commands: gives each the terminal and the rooms, and turns failures into messages and exit codes.</summary>
internal sealed class CommandHost(Terminal terminal, DataFolders folders) : IAsyncDisposable
{
    private Composition? _rooms;

    /// <summary>Says what <paramref name="command"/> does when it is run.</summary>
    public Command Run(Command command, Func<CommandRun, CancellationToken, Task<ExitCode>> work)
    {
        command.SetAction(async (parsed, cancellationToken) => (int)await RunAsync(parsed, work, cancellationToken));
        return command;
    }

    /// <summary>As the other overload, for work that is done at once.</summary>
    public Command Run(Command command, Func<CommandRun, ExitCode> work) => Run(command, (run, _) => Task.FromResult(work(run)));

    /// <summary>Tells the user of a failure.</summary>
    /// <returns>The exit code it stands for.</returns>
    public ExitCode Report(CommandException failure, bool json)
    {
        terminal.Complain(failure);
        if (json) terminal.WriteDocument(new JsonObject { ["error"] = ErrorDocument.Of(failure) });
        return failure.Code;
    }

    public ValueTask DisposeAsync() => _rooms?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<ExitCode> RunAsync(ParseResult parsed, Func<CommandRun, CancellationToken, Task<ExitCode>> work, CancellationToken cancellationToken)
    {
        // Ctrl-C is listened for only once a command has begun; one that never waits would begin and end in one step.
        await Task.Yield();
        _rooms ??= new Composition(folders, terminal);
        var run = new CommandRun(parsed, terminal, _rooms);
        try
        {
            return await work(run, cancellationToken);
        }
        catch (Exception failure)
        {
            if (Environment.GetEnvironmentVariable("DERM_DEBUG") is not null) await terminal.Error.WriteLineAsync(failure.ToString());
            // A document that is already out stays the only one.
            return Report(CommandException.Of(failure), run.Json && !run.Answered);
        }
    }
}
