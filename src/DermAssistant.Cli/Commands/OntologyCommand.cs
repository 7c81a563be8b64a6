using System.CommandLine;
using DermAssistant.Ontology;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary><c>derm ontology</c>: the graph of conditions, read and checked.</summary>
internal static class OntologyCommand
{
    private const int MostFound = 1000;

    public static Command Build(CommandHost host) => new("ontology", "Look things up in the ontology of skin conditions.")
    {
        Show(host),
        Search(host),
        Path(host),
        Siblings(host),
        CommonAncestor(host),
        OntologyCompareCommand.Build(host),
        OntologyRankCommand.Build(host),
        OntologyRankCommand.BuildConcepts(host),
        Map(host),
        Import(host),
        Check(host),
    };

    private static Command Show(CommandHost host)
    {
        var name = NodeArgument("NAME|ID");
        return host.Run(new Command("show", "Everything the ontology says of a node.") { name }, run =>
        {
            var node = Node(run, name);
            run.Answer(() => NodeDocument.Whole(node, run.Rooms.Ontology), console => NodeView.Show(node, run.Rooms.Ontology, console));
            return ExitCode.Done;
        });
    }

    private static Command Search(CommandHost host)
    {
        var text = new Argument<string>("TEXT") { Description = "Part of a name, a synonym, a plain-language name; may be misspelt." };
        var top = SharedOptions.Top(10, MostFound);
        return host.Run(new Command("search", "Find nodes by text.") { text, top }, run =>
        {
            if (string.IsNullOrWhiteSpace(run.Value(text))) throw CommandException.BadInput("There is nothing to search for: the text is empty.", "Give a part of a name, for example: derm ontology search mole");
            var found = run.Rooms.Ontology.Search(run.Value(text), run.Value(top));
            run.Answer(() => DocumentValue.Array(found, NodeDocument.Of), console =>
            {
                if (found.Count == 0) console.WriteLine("Nothing like that is in the ontology.");
                else NodeView.ShowList(found, console);
            });
            return ExitCode.Done;
        });
    }

    private static Command Path(CommandHost host)
    {
        var name = NodeArgument("NAME|ID");
        return host.Run(new Command("path", "The nodes from the category down to a node.") { name }, run =>
        {
            var node = Node(run, name);
            var way = new Stack<OntologyNode>();
            for (var at = node; at is not null; at = at.Parent) way.Push(at);
            run.Answer(() => DocumentValue.Array(way, NodeDocument.Of), console => NodeView.ShowTree(node, run.Rooms.Ontology, console));
            return ExitCode.Done;
        });
    }

    private static Command Siblings(CommandHost host)
    {
        var name = NodeArgument("NAME|ID");
        return host.Run(new Command("siblings", "The other nodes under the same parent.") { name }, run =>
        {
            var siblings = run.Rooms.Ontology.Siblings(Node(run, name));
            run.Answer(() => DocumentValue.Array(siblings, NodeDocument.Of), console =>
            {
                if (siblings.Count == 0) console.WriteLine("It has no siblings.");
                foreach (var sibling in siblings) console.WriteLine(ScreenText.Safe(sibling.Name));
            });
            return ExitCode.Done;
        });
    }

    private static Command CommonAncestor(CommandHost host)
    {
        var (first, second) = (NodeArgument("A"), NodeArgument("B"));
        return host.Run(new Command("common-ancestor", "The deepest node two nodes both lie under.") { first, second }, run =>
        {
            var shared = run.Rooms.Ontology.CommonAncestor(Node(run, first), Node(run, second));
            run.Answer(() => shared is null ? null : NodeDocument.Of(shared), console =>
            {
                if (shared is null) console.WriteLine("They share no node: they belong to different categories.");
                else NodeView.ShowTree(shared, run.Rooms.Ontology, console);
            });
            return ExitCode.Done;
        });
    }

    private static Command Map(CommandHost host)
    {
        var labels = new Argument<string[]>("LABEL") { Description = "Labels of other collections.", Arity = ArgumentArity.OneOrMore };
        return host.Run(new Command("map", "Place outside labels in the ontology; one that cannot be placed is said so.") { labels }, run =>
        {
            var ontology = run.Rooms.Ontology;
            var mapped = run.Value(labels).Select(label => (First: ontology.Map(label), All: ontology.MapAll(label))).ToList();
            run.Answer(
                () => DocumentValue.Array(mapped, mapping =>
                {
                    var document = NodeDocument.Of(mapping.First);
                    // Several labels in one string: the first is the answer, all are told.
                    if (mapping.All.Count > 1) document["all"] = DocumentValue.Array(mapping.All, NodeDocument.Of);
                    return document;
                }),
                console => ShowMappings(mapped.SelectMany(mapping => mapping.All), console));
            return ExitCode.Done;
        });
    }

    private static Command Import(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "A Derm1M ontology.json." };
        return host.Run(new Command("import", "Report which nodes of a Derm1M ontology map to ours, which do not, and where the two disagree about malignancy.") { file }, run =>
        {
            var report = Derm1mImport.Read(run.Value(file), run.Rooms.Ontology);
            run.Answer(() => Derm1mDocument.Of(report), console =>
            {
                console.WriteLine($"{report.Nodes.Count} nodes: {report.Mapped.Count()} map, {report.Unmapped.Count()} do not.");
                List("Not placed", report.Unmapped.Select(node => node.Name));
                List("Disagree about malignancy", report.Disagreements.Select(node => $"{node.Name} ({ScreenText.Words(node.Nature)} there)"));
                List("Names that several branches share", report.Merged);

                void List(string title, IEnumerable<string> names)
                {
                    var all = names.ToList();
                    if (all.Count > 0) console.MarkupLine($"[bold]{title} ({all.Count}):[/] {ScreenText.Escaped(string.Join("; ", all))}");
                }
            });
            return ExitCode.Done;
        });
    }

    private static Command Check(CommandHost host)
    {
        var folder = new Argument<string?>("DIR") { Description = "An ontology folder (default: the one in use).", Arity = ArgumentArity.ZeroOrOne };
        return host.Run(new Command("check", "Check the ontology's files; exit code 1 with a list of faults.") { folder }, run =>
        {
            var report = OntologyChecker.Check(run.Value(folder) ?? run.Rooms.OntologyFolder);
            run.Answer(() => OntologyReportDocument.Of(report), console =>
            {
                foreach (var fault in report.Faults) console.MarkupLine($"[red]{ScreenText.Escaped($"{fault.File}:{fault.Line}")}[/] {ScreenText.Escaped($"{fault.Message} {fault.Remedy}")}");
                if (report.Faults.Count > 0)
                {
                    console.WriteLine($"{report.Faults.Count} fault(s).");
                    return;
                }
                console.MarkupLine($"The ontology is in order: [bold]{report.Conditions.Values.Sum()}[/] conditions, {report.Unreviewed} not yet reviewed by a clinician, {report.Doubts} in doubt.");
                foreach (var (category, count) in report.Conditions) console.MarkupLine($"[dim]{count,5}[/]  {ScreenText.Escaped(category)}");
            });
            return report.Passed ? ExitCode.Done : ExitCode.CheckFailed;
        });
    }

    private static void ShowMappings(IEnumerable<LabelMapping> mappings, IAnsiConsole console)
    {
        var table = new Table().NoBorder().HideHeaders().AddColumn("").AddColumn("").AddColumn("");
        foreach (var mapping in mappings)
            table.AddRow(
                new Markup(ScreenText.Escaped(mapping.Label)),
                new Markup(mapping.Node is { } node ? $"[bold]{ScreenText.Escaped(node.Name)}[/] [dim]{NodeView.Above(node)}[/]" : "[yellow]not placed[/]"),
                new Markup(mapping.Node is null ? "" : mapping.Misspelt ? $"[dim]{ScreenText.Words(mapping.How)}[/] [yellow](guessed)[/]" : $"[dim]{ScreenText.Words(mapping.How)}[/]"));
        console.Write(table);
    }

    public static Argument<string> NodeArgument(string name) => new(name) { Description = "A node's name, synonym or id." };

    /// <summary>The node an argument names; refused with the nearest names where there is none.</summary>
    public static OntologyNode Node(CommandRun run, Argument<string> argument)
    {
        var name = run.Value(argument);
        return run.Rooms.Ontology.Find(name) ?? throw CommandException.BadInput($"The ontology has no node called '{Shortened(name)}'.", Advice(run.Rooms.Ontology, name));
    }

    private static string Advice(OntologyGraph ontology, string name)
    {
        var near = string.IsNullOrWhiteSpace(name) ? [] : ontology.Search(name, 3);
        return near.Count == 0 ? "'derm ontology search TEXT' finds names by a part of them." : $"Did you mean {string.Join(", or ", near.Select(node => node.Name))}?";
    }

    /// <summary>A name as messages repeat it.</summary>
    public static string Shortened(string name) => name.Length <= 80 ? name : $"{name[..80]}… ({name.Length} characters)";
}
