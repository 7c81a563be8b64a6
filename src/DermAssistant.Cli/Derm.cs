using System.CommandLine;

namespace DermAssistant.Cli;

/// <summary>The program <c>derm</c>: from arguments to an exit code.</summary>
internal static class Derm
{
    // A training that is told to stop writes its last checkpoint first.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(30);

    /// <summary>Runs one command. Never throws: every failure becomes a message and an exit code.</summary>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, DataFolders folders, CancellationToken cancellationToken = default)
    {
        await using var host = new CommandHost(terminal, folders);
        // A question may begin with '@': that is no response file.
        var parsed = Commands(host).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (Usage.Fault(parsed) is { } fault) return (int)host.Report(fault, args.Contains(SharedOptions.JsonName));
        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeToStop,
            },
            cancellationToken);
    }

    private static RootCommand Commands(CommandHost host) => new("A visual question-answering assistant about skin images: decision support for professionals and research, not a medical device.")
    {
        SharedOptions.Json(),
        AskCommand.Build(host),
        ChatCommand.Build(host),
        AnalyzeCommand.Build(host),
        PhotoCommand.Build(host),
        OntologyCommand.Build(host),
        CasesCommand.Build(host),
        ModelsCommand.Build(host),
        EmbedCommand.Build(host),
        EvalCommand.Build(host),
        TrainCommand.Build(host),
        ReplayCommand.Build(host),
    };
}
