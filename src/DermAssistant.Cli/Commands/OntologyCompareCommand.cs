using System.CommandLine;
using DermAssistant.Ontology;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary><c>derm ontology compare</c>: two conditions side by side.</summary>
internal static class OntologyCompareCommand
{
    public static Command Build(CommandHost host)
    {
        var (first, second) = (OntologyCommand.NodeArgument("A"), OntologyCommand.NodeArgument("B"));
        return host.Run(new Command("compare", "What separates two conditions: their place, their concepts, their urgency.") { first, second }, run =>
        {
            var ontology = run.Rooms.Ontology;
            var (a, b) = (OntologyCommand.Node(run, first), OntologyCommand.Node(run, second));
            if (a == b) throw CommandException.BadInput($"Both names mean {a.Name}.", "Give two different conditions.");
            var comparison = ontology.Compare(a, b);
            run.Answer(() => ComparisonDocument.Of(comparison, ontology), console => Show(comparison, ontology, console));
            return ExitCode.Done;
        });
    }

    private static void Show(ConditionComparison comparison, OntologyGraph ontology, IAnsiConsole console)
    {
        var (first, second) = (comparison.First, comparison.Second);
        NodeView.ShowPaths(first, second, console);
        var table = new Table { Border = TableBorder.None };
        table.AddColumns(Column(""), Column(first.Name), Column(second.Name));
        Row("Urgency", node => node.DefaultUrgency is { } urgency ? ScreenText.Words(urgency) : "");
        Row("Nature", node => string.Join(", ", node.Flags.Order().Select(ScreenText.Words)));
        table.AddRow(Dim("Speaks for it alone"), Text(Names(comparison.OnlyFirst)), Text(Names(comparison.OnlySecond)));
        Row("Speaks against it", node => Names(node.Concepts.Where(link => link.Weight == ConceptWeight.Against)));
        console.Write(table);
        NodeView.Fact(console, "Speaks for both", Names(comparison.Both));
        NodeView.Fact(console, "What separates them", comparison.Difference?.Difference ?? "the ontology has no note on this pair");
        if (comparison.Difference is { } difference)
        {
            NodeView.Fact(console, "Source", string.Join("; ", difference.Statements.Select(said => said.Source).Distinct().Select(source => ontology.FindSource(source)?.Citation ?? source)));
            NodeView.Fact(console, "In doubt", difference.Doubt);
        }
        if (!first.Reviewed || !second.Reviewed) NodeView.Fact(console, "Review", "not yet reviewed by a clinician");

        void Row(string title, Func<OntologyNode, string> value) => table.AddRow(Dim(title), Text(value(first)), Text(value(second)));

        string Names(IEnumerable<ConceptLink> links) => string.Join(", ", links.Select(link => $"{ontology.FindConcept(link.ConceptId)?.Name ?? link.ConceptId}{(link.Weight == ConceptWeight.Cardinal ? " (cardinal)" : "")}"));
    }

    private static TableColumn Column(string title) => new(new Markup($"[bold]{ScreenText.Escaped(title)}[/]")) { Padding = new Padding(0, 0, 2, 0) };

    private static Markup Text(string text) => new(ScreenText.Escaped(text.Length == 0 ? "-" : text));

    private static Markup Dim(string text) => new($"[dim]{ScreenText.Escaped(text)}[/]");
}
