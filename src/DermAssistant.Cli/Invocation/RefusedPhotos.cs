using System.Text.Json.Nodes;
using DermAssistant.Imaging;

namespace DermAssistant.Cli;

/// <summary>What becomes of photos the gate refused: said on standard error and in the document, exit code 3.</summary>
internal static class RefusedPhotos
{
    /// <summary>The refusal as a failure.</summary>
    public static CommandException Failure(GateReport report) => CommandException.BadInput(
        $"{report.File}: {string.Join(' ', report.Reasons)}",
        "Give a whole JPEG, PNG, WebP, GIF or BMP photo; 'derm photo check FILE' says beforehand whether one will do.");

    /// <summary>Adds <c>error</c> to the document of a refused photo.</summary>
    public static JsonObject WithError(JsonObject document, GateReport report)
    {
        if (!report.Accepted) document["error"] = ErrorDocument.Of(Failure(report));
        return document;
    }

    /// <summary>Tells of every refused photo.</summary>
    /// <returns>The exit code of a command that was given these photos.</returns>
    public static ExitCode Complain(IEnumerable<GateReport> reports, CommandRun run)
    {
        var refused = reports.Where(report => !report.Accepted).ToList();
        foreach (var report in refused) run.Complain(Failure(report));
        return refused.Count == 0 ? ExitCode.Done : ExitCode.BadInput;
    }
}
