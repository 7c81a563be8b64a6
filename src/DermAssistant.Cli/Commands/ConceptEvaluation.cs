using System.CommandLine;
using System.Text.Json;
using DermAssistant.Diagnosis;
using DermAssistant.Evaluation;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary><c>derm eval concepts</c>: how well a pack's encoder detects concepts, and storing that in the pack.</summary>
internal static class ConceptEvaluation
{
    private static readonly JsonSerializerOptions Writing = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static Command Build(CommandHost host)
    {
        var images = Required("--images", "DIR", "The folder with the photos.");
        var labels = Required("--labels", "CSV", "The table: one column a concept with 1 or 0, or one column that lists the concepts.");
        var idColumn = Required("--id-column", "NAME", "The column that names the photo.");
        var conceptColumn = new Option<string?>("--concept-column") { HelpName = "NAME", Description = "The column that lists the concepts of a photo; what it does not list is taken for absent." };
        var where = SharedOptions.RowFilter("--where", "Only the rows with this value, for example split=validation.");
        var model = SharedOptions.Model();
        var store = new Option<bool>("--store") { Description = "Put the figures into the pack, where readings show them and triage rules ask for them." };
        return host.Run(new Command("concepts", "How well a pack's encoder detects concepts.") { images, labels, idColumn, conceptColumn, where, model, store }, async (run, cancellationToken) =>
        {
            var request = new ConceptRequest(run.Value(images)!, run.Value(labels)!, run.Value(idColumn)!, run.Value(conceptColumn), run.Value(where));
            if (!Directory.Exists(request.Images)) throw CommandException.BadInput($"{request.Images} is no folder.", "Give the folder with the photos.");
            if (!File.Exists(request.Labels)) throw CommandException.BadInput($"There is no table {request.Labels}.", "Give a CSV file with a header and one row a photo.");
            if (run.Value(store)) run.Rooms.RequireAdded(run.Value(model));
            var benchmark = run.Rooms.ConceptBenchmark(run.Value(model));
            var progress = new ProgressLine<BenchmarkProgress>(run.Terminal, at => (at.Done, at.Total, at.Remaining));
            var result = await benchmark.RunAsync(request, progress: progress, cancellationToken: cancellationToken);
            if (run.Value(store)) ConceptQuality.Store(run.Rooms.Pack(run.Value(model)).Directory, benchmark.ToStore(result));
            run.Answer(() => JsonSerializer.SerializeToNode(result, Writing), console => Show(result, run.Value(store), console));
            return ExitCode.Done;
        });
    }

    private static void Show(ConceptBenchmarkResult result, bool stored, IAnsiConsole console)
    {
        console.MarkupLine($"[bold]{result.N}[/] photos, {ScreenText.Escaped($"{result.Model.Id} {result.Model.Version}")}, mean AUROC [bold]{(result.MeanAuroc is { } mean ? $"{mean:0.000}" : "-")}[/]");
        var table = new Table().NoBorder().AddColumn("").AddColumn(new TableColumn("n").RightAligned()).AddColumn(new TableColumn("shown").RightAligned()).AddColumn("AUROC").AddColumn("");
        foreach (var concept in result.Concepts)
            table.AddRow(
                ScreenText.Escaped(concept.Name), $"{concept.N}", $"{concept.Positives}",
                concept.Auroc is { } auroc ? $"[bold]{auroc:0.000}[/]" : "not measured",
                concept.Auroc95 is { } ends ? $"[dim]{ends[0]:0.000} to {ends[1]:0.000}[/]" : $"[dim]{ScreenText.Escaped(concept.Why ?? "")}[/]");
        console.Write(table);
        if (result.Unknown.Count > 0) console.WriteLine(ScreenText.Safe($"Not asked of this pack: {string.Join(", ", result.Unknown)}."));
        if (result.Skipped.Count > 0) console.MarkupLine($"[yellow]{result.Skipped.Count} rows were left out[/] (--json lists them), such as {ScreenText.Escaped($"{result.Skipped[0].File}: {result.Skipped[0].Why}")}.");
        console.WriteLine(stored ? "The figures are in the pack." : "Nothing was stored; --store puts the figures into the pack.");
    }

    private static Option<string> Required(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description, Required = true };
}
