using System.CommandLine;
using System.Text.Json.Nodes;
using DermAssistant.Cases;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary><c>derm cases</c>: the library of captioned cases.</summary>
internal static class CasesCommand
{
    private const int MostMatches = 1000;
    private const int MostSkippedShown = 10;

    public static Command Build(CommandHost host) => new("cases", "Search and keep the library of captioned cases.")
    {
        Search(host),
        Stats(host),
        Import(host),
        Remove(host),
        Verify(host),
    };

    private static Command Search(CommandHost host)
    {
        var photo = new Option<string?>("--photo") { Description = "Find cases that look like this photo.", HelpName = "FILE" };
        var text = new Option<string?>("--text") { Description = "Find cases that fit a description.", HelpName = "TEXT" };
        var filters = SharedOptions.Several("--filter", "FIELD=VALUE", "Only cases whose field has this value, for example sex=female or diagnosis=melanoma");
        var top = SharedOptions.Top(5, MostMatches);
        var model = SharedOptions.Model();
        var command = new Command("search", "The cases nearest to a photo or a description.") { photo, text, filters, top, model };
        command.Validators.Add(result =>
        {
            if (result.GetValue(photo) is null == result.GetValue(text) is null) result.AddError("Give either --photo FILE or --text TEXT.");
            foreach (var filter in result.GetValue(filters) ?? [])
                if (filter.IndexOf('=', StringComparison.Ordinal) < 1) result.AddError($"'{filter}' is no filter; write FIELD=VALUE.");
        });
        return host.Run(command, async (run, cancellationToken) =>
        {
            var wanted = run.Value(filters)!.Select(Filter).ToList();
            IReadOnlyList<CaseMatch> matches;
            if (run.Value(text) is { } words)
            {
                if (string.IsNullOrWhiteSpace(words)) throw CommandException.BadInput("There is nothing to search for: the text is empty.", "Describe what to look for, for example: --text \"blue nodule on the back\"");
                matches = await run.Rooms.CaseSearch(run.Value(model)).SearchTextAsync(words, run.Value(top), wanted, cancellationToken);
            }
            else
            {
                var admitted = run.Rooms.Gate.AdmitFile(run.Value(photo)!);
                var accepted = admitted.Photo ?? throw RefusedPhotos.Failure(admitted.Report);
                var embedding = run.Rooms.Pack(run.Value(model)).Encode(accepted);
                matches = (await run.Rooms.CaseSearch(run.Value(model)).FindSimilarAsync(embedding, null, run.Value(top), 0, wanted, cancellationToken)).Similar;
            }
            run.Answer(() => DocumentValue.Array(matches, MatchDocument.Of), console => ShowMatches(matches, console));
            return ExitCode.Done;
        });
    }

    private static Command Stats(CommandHost host)
    {
        var model = SharedOptions.Model();
        return host.Run(new Command("stats", "What is in the library.") { model }, run =>
        {
            var statistics = EmbeddedCaseLibrary.Open(run.Rooms.CaseLibraries.Of(PackId(run, model))).Statistics();
            run.Answer(() => LibraryDocument.Of(statistics), console => ShowStatistics(statistics, console));
            return ExitCode.Done;
        });
    }

    private static Command Import(CommandHost host)
    {
        var source = new Argument<string>("SOURCE") { Description = "The folder or table to import." };
        var format = new Option<string>("--format") { Description = "How the source is laid out.", HelpName = string.Join('|', CaseImporter.Formats), Required = true };
        format.AcceptOnlyFromAmong([.. CaseImporter.Formats]);
        var images = new Option<string?>("--images") { Description = "The folder image names are relative to (default: beside the table).", HelpName = "DIR" };
        var replace = new Option<bool>("--replace") { Description = "Drop the cases that are in the library now." };
        var model = SharedOptions.Model();
        return host.Run(new Command("import", "Add cases to your library; interrupted, it goes on where it was.") { source, format, images, replace, model }, async (run, cancellationToken) =>
        {
            if (!Path.Exists(run.Value(source))) throw CommandException.BadInput($"There is no {run.Value(source)}.", "Give the folder or the table of the data set.");
            var importer = run.Rooms.CaseImporter(run.Value(model));
            var options = new CaseImportOptions { Replace = run.Value(replace), Images = run.Value(images) };
            var library = run.Rooms.CaseLibraries.Writable(PackId(run, model));
            var progress = new ProgressLine<CaseImportProgress>(run.Terminal, at => (at.Done, at.Total, at.Remaining));
            var report = await importer.ImportAsync(run.Value(format)!, run.Value(source), library, options, progress, cancellationToken);
            run.Answer(() => LibraryDocument.Of(report), console =>
            {
                console.WriteLine($"Imported {report.Imported} cases; the library holds {report.Library.Count}.");
                if (report.Skipped.Count == 0) return;
                console.WriteLine($"Left out {report.Skipped.Count} rows:");
                foreach (var row in report.Skipped.Take(MostSkippedShown)) console.WriteLine(ScreenText.Safe($"  line {row.Line}, {row.File}: {row.Why}"));
                if (report.Skipped.Count > MostSkippedShown) console.WriteLine($"  and {report.Skipped.Count - MostSkippedShown} more (--json lists all)");
            });
            return ExitCode.Done;
        });
    }

    private static Command Remove(CommandHost host)
    {
        var ids = new Argument<string[]>("ID") { Description = "Ids of cases, as search shows them.", Arity = ArgumentArity.OneOrMore };
        var model = SharedOptions.Model();
        return host.Run(new Command("remove", "Remove cases from your library: all that are named, or none.") { ids, model }, run =>
        {
            var library = EmbeddedCaseLibrary.Remove(run.Rooms.CaseLibraries.Writable(PackId(run, model)), run.Value(ids));
            run.Answer(
                () => new JsonObject { ["removed"] = DocumentValue.Texts(run.Value(ids)), ["count"] = library.Cases.Count },
                console => console.WriteLine($"Removed {run.Value(ids).Length}; the library holds {library.Cases.Count} cases."));
            return ExitCode.Done;
        });
    }

    private static Command Verify(CommandHost host)
    {
        var model = SharedOptions.Model();
        return host.Run(new Command("verify", "Check the library's files, diagnoses and licences.") { model }, run =>
        {
            var faults = EmbeddedCaseLibrary.Verify(run.Rooms.CaseLibraries.Of(PackId(run, model)), run.Rooms.Ontology);
            run.Answer(
                () => new JsonObject { ["passed"] = faults.Count == 0, ["faults"] = DocumentValue.Texts(faults) },
                console =>
                {
                    foreach (var fault in faults) console.MarkupLine($"[red]![/] {ScreenText.Escaped(fault)}");
                    console.WriteLine(faults.Count == 0 ? "The library is in order." : $"{faults.Count} fault(s); 'derm cases import' makes the library again.");
                });
            return faults.Count == 0 ? ExitCode.Done : ExitCode.CheckFailed;
        });
    }

    // Looking at a library needs no pack, only its name.
    private static string PackId(CommandRun run, Option<string?> model) => run.Value(model) ?? run.Rooms.Packs.DefaultId();

    private static CaseFilter Filter(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return new CaseFilter(text[..equals].Trim(), text[(equals + 1)..].Trim());
    }

    private static void ShowMatches(IReadOnlyList<CaseMatch> matches, IAnsiConsole console)
    {
        if (matches.Count == 0) console.WriteLine("No case fits.");
        foreach (var match in matches)
        {
            var same = match.NearDuplicate ? " [yellow](the same picture, or as good as)[/]" : "";
            console.MarkupLine($"[bold]{ScreenText.Escaped(match.Case.DiagnosisName)}[/]  {match.Similarity:0.000}{same}  [dim]{ScreenText.Escaped(match.Case.Id)}[/]");
            console.Write(new Padder(new Markup($"{ScreenText.Escaped(match.Case.Caption)}\n[dim]{ScreenText.Escaped($"{match.Case.Url}  {match.Case.Licence}")}[/]"), new Padding(2, 0, 0, 0)));
        }
    }

    private static void ShowStatistics(CaseStatistics statistics, IAnsiConsole console)
    {
        console.MarkupLine($"[bold]{statistics.Manifest.Count}[/] cases, embedded with {ScreenText.Escaped($"{statistics.Manifest.Pack.Id} {statistics.Manifest.Pack.Version}")}");
        foreach (var source in statistics.Manifest.Sources) console.MarkupLine($"[dim]{source.Cases} from {ScreenText.Escaped($"{source.Name}, {source.Licence}: {source.Attribution}")}[/]");
        var table = new Table().NoBorder().HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned()).AddColumn("");
        foreach (var diagnosis in statistics.Diagnoses)
            table.AddRow(ScreenText.Escaped(diagnosis.Value), $"{diagnosis.Count}", Bar.Of((double)diagnosis.Count / Math.Max(1, statistics.Manifest.Count), "blue", console));
        console.Write(table);
        console.MarkupLine($"[dim]Fields to filter on: {ScreenText.Escaped(string.Join(", ", statistics.Fields.Keys))}[/]");
    }
}
