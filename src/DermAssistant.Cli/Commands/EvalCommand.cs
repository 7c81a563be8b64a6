using System.CommandLine;
using System.Text.Json;
using DermAssistant.Evaluation;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary><c>derm eval</c>: figures of a model pack on photos of known diagnosis.</summary>
internal static class EvalCommand
{
    private const int MostSkippedShown = 10;

    private static readonly JsonSerializerOptions Writing = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static Command Build(CommandHost host) => new("eval", "Measure a model pack.") { Classify(host), ConceptEvaluation.Build(host) };

    private static Command Classify(CommandHost host)
    {
        var images = Required("--images", "DIR", "The folder with the photos.");
        var labels = Required("--labels", "CSV", "The table with the diagnoses.");
        var idColumn = Required("--id-column", "NAME", "The column that names the photo.");
        var labelColumn = Required("--label-column", "NAME", "The column with the diagnosis, in any words the ontology can place.");
        var where = SharedOptions.RowFilter("--where", "Only the rows with this value, for example split=validation.");
        var model = SharedOptions.Model();
        return host.Run(new Command("classify", "How well a pack tells diagnoses.") { images, labels, idColumn, labelColumn, where, model }, async (run, cancellationToken) =>
        {
            var request = new ClassificationRequest(run.Value(images)!, run.Value(labels)!, run.Value(idColumn)!, run.Value(labelColumn)!, run.Value(where));
            if (!Directory.Exists(request.Images)) throw CommandException.BadInput($"{request.Images} is no folder.", "Give the folder with the photos.");
            if (!File.Exists(request.Labels)) throw CommandException.BadInput($"There is no table {request.Labels}.", "Give a CSV file with a header and one row a photo.");
            var progress = new ProgressLine<BenchmarkProgress>(run.Terminal, at => (at.Done, at.Total, at.Remaining));
            var result = await run.Rooms.ClassificationBenchmark(run.Value(model)).RunAsync(request, progress: progress, cancellationToken: cancellationToken);
            run.Answer(() => JsonSerializer.SerializeToNode(result, Writing), console => Show(result, console));
            return ExitCode.Done;
        });
    }

    private static Option<string> Required(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description, Required = true };

    internal static void Show(ClassificationResult result, IAnsiConsole console)
    {
        console.MarkupLine($"[bold]{result.N}[/] photos, {ScreenText.Escaped($"{result.Model.Id} {result.Model.Version}")}{(result.Model.Calibrated ? "" : " [yellow](not calibrated)[/]")}");
        var overall = new Table().NoBorder().HideHeaders().AddColumn("").AddColumn("").AddColumn("");
        Figure("accuracy", "accuracy", result.Accuracy);
        Figure("balanced accuracy", "balancedAccuracy", result.BalancedAccuracy);
        Figure("macro AUROC", "macroAuroc", result.MacroAuroc);
        Figure("among the first three", "top3", result.Top3);
        Figure("expected calibration error", "ece", result.Ece);
        Figure("prediction sets hold the truth", "coverage", result.Coverage);
        Figure("conditions in a set", "meanSetSize", result.MeanSetSize);
        console.Write(overall);

        var classes = new Table().NoBorder().AddColumn("").AddColumn(new TableColumn("n").RightAligned()).AddColumn("recall").AddColumn("AUROC");
        foreach (var (name, of) in result.PerClass) classes.AddRow(ScreenText.Escaped(name), $"{of.N}", Three(of.Recall), Three(of.Auroc));
        console.WriteLine();
        console.Write(classes);

        if (result.OutsideKnowledge > 0) console.MarkupLine($"[yellow]{result.OutsideKnowledge} photos are outside what the pack says it knows; they are counted all the same.[/]");
        if (result.Skipped.Count > 0) console.MarkupLine($"[yellow]{result.Skipped.Count} rows were left out:[/]");
        foreach (var skipped in result.Skipped.Take(MostSkippedShown)) console.WriteLine(ScreenText.Safe($"  {skipped.File}: {skipped.Why}"));
        if (result.Skipped.Count > MostSkippedShown) console.WriteLine($"  and {result.Skipped.Count - MostSkippedShown} more (--json lists all)");

        void Figure(string words, string name, double? value)
        {
            var interval = result.Confidence95.TryGetValue(name, out var ends) ? $"[dim]{Three(ends[0])} to {Three(ends[1])}[/]" : "";
            overall.AddRow(words, $"[bold]{Three(value)}[/]", interval);
        }
    }

    private static string Three(double? value) => value is { } number ? $"{number:0.000}" : "-";
}
