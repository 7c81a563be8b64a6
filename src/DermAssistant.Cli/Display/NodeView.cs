using DermAssistant.Ontology;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary>Nodes of the ontology on the screen.</summary>
internal static class NodeView
{
    private const int MostSiblings = 12;

    /// <summary>Everything worth reading about one node.</summary>
    public static void Show(OntologyNode node, OntologyGraph ontology, IAnsiConsole console)
    {
        console.MarkupLine($"[bold]{ScreenText.Escaped(node.Name)}[/]  [dim]{ScreenText.Words(node.Level)}[/]");
        console.MarkupLine($"[dim]{ScreenText.Escaped(node.Id)}[/]");
        ShowTree(node, ontology, console);
        Fact(console, "In plain words", node.PlainName);
        Fact(console, "Also called", string.Join(", ", node.Synonyms));
        Fact(console, "Nature", string.Join(", ", node.Flags.Order().Select(ScreenText.Words)));
        Fact(console, "Codes", string.Join(", ", node.Codes.OrderBy(code => code.Key, StringComparer.Ordinal).Select(code => $"{code.Key} {code.Value}")));
        Fact(console, "Urgency when nothing else is known", node.DefaultUrgency is { } urgency ? ScreenText.Words(urgency) : null);
        foreach (var weight in Enum.GetValues<ConceptWeight>())
        {
            var names = node.Concepts.Where(link => link.Weight == weight).Select(link => ontology.FindConcept(link.ConceptId)?.Name ?? link.ConceptId);
            Fact(console, weight == ConceptWeight.Against ? "Speaks against it" : $"{weight} concepts", string.Join(", ", names));
        }
        Fact(console, "Usual sites", string.Join(" ", node.UsualSites.Select(site => site.Text)));
        Fact(console, "Usual ages", string.Join(" ", node.UsualAges.Select(age => age.Text)));
        Fact(console, "Stands for", string.Join(", ", node.Covers.Select(covered => covered.Name)));
        foreach (var look in node.LookAlikes)
            Fact(console, $"Unlike {ontology.Find(look.ConditionId)?.Name ?? look.ConditionId}", look.Difference);
        Fact(console, "Sources", string.Join("; ", node.Sources.Select(source => ontology.FindSource(source)?.Citation ?? source)));
        if (node.Level == NodeLevel.Condition && !node.Reviewed) Fact(console, "Review", "not yet reviewed by a clinician");
        Fact(console, "In doubt", node.Doubt);
    }

    /// <summary>The way down to the node, what lies beside it and what below it.</summary>
    public static void ShowTree(OntologyNode node, OntologyGraph ontology, IAnsiConsole console)
    {
        var above = new Stack<OntologyNode>();
        for (var at = node.Parent; at is not null; at = at.Parent) above.Push(at);
        if (above.Count == 0)
        {
            console.Write(Grown(new Tree(Here(node)), node.Children, highlighted: null, console));
            return;
        }
        var tree = new Tree(Way(above.Pop())) { Guide = Guide(console) };
        IHasTreeNodes branch = tree;
        while (above.Count > 0) branch = branch.AddNode(Way(above.Pop()));
        Grown(branch, node.Parent!.Children, node, console);
        console.Write(tree);
    }

    /// <summary>The ways down to two nodes in one tree, both marked; two trees where they share no category.</summary>
    public static void ShowPaths(OntologyNode first, OntologyNode second, IAnsiConsole console)
    {
        var (tree, way) = Down(first, console);
        var together = way.ContainsKey(Root(second));
        console.Write(together ? Joined(tree, way, second) : tree);
        if (!together) console.Write(Down(second, console).Tree);
    }

    /// <summary>A list of nodes, one a line.</summary>
    public static void ShowList(IEnumerable<OntologyNode> nodes, IAnsiConsole console)
    {
        var table = new Table().NoBorder().HideHeaders().AddColumn("").AddColumn("");
        foreach (var node in nodes)
            table.AddRow(new Markup($"[bold]{ScreenText.Escaped(node.Name)}[/]"), new Markup($"[dim]{Above(node)}[/]"));
        console.Write(table);
    }

    /// <summary>Markup of the names above a node.</summary>
    public static string Above(OntologyNode node) => ScreenText.Escaped(string.Join(" > ", node.Path.SkipLast(1)));

    private static (Tree Tree, Dictionary<OntologyNode, IHasTreeNodes> Way) Down(OntologyNode node, IAnsiConsole console)
    {
        var way = new Dictionary<OntologyNode, IHasTreeNodes>();
        var root = Root(node);
        var tree = new Tree(root == node ? Here(node) : Way(root)) { Guide = Guide(console) };
        way.Add(root, tree);
        return (Joined(tree, way, node), way);
    }

    /// <summary>Adds what the way down to a node lacks.</summary>
    private static Tree Joined(Tree tree, Dictionary<OntologyNode, IHasTreeNodes> way, OntologyNode node)
    {
        var lacking = new Stack<OntologyNode>();
        var at = node;
        for (; !way.ContainsKey(at); at = at.Parent!) lacking.Push(at);
        var branch = way[at];
        while (lacking.TryPop(out var next))
        {
            branch = branch.AddNode(next == node ? Here(next) : Way(next));
            way.Add(next, branch);
        }
        return tree;
    }

    private static OntologyNode Root(OntologyNode node) => node.Parent is null ? node : Root(node.Parent);

    private static T Grown<T>(T branch, IReadOnlyList<OntologyNode> nodes, OntologyNode? highlighted, IAnsiConsole console) where T : IHasTreeNodes
    {
        // The highlighted node is always among those shown.
        var shown = nodes.Where((node, index) => index < MostSiblings || ReferenceEquals(node, highlighted)).ToList();
        foreach (var node in shown)
        {
            if (!ReferenceEquals(node, highlighted))
            {
                branch.AddNode(ScreenText.Escaped(node.Name));
                continue;
            }
            Grown(branch.AddNode(Here(node)), node.Children, highlighted: null, console);
        }
        if (nodes.Count > shown.Count) branch.AddNode($"[dim]and {nodes.Count - shown.Count} more[/]");
        return branch;
    }

    private static string Way(OntologyNode node) => $"[bold]{ScreenText.Escaped(node.Name)}[/]";

    private static string Here(OntologyNode node) => $"[bold green]{ScreenText.Escaped(node.Name)}[/] [green]<[/]";

    private static TreeGuide Guide(IAnsiConsole console) => console.Profile.Capabilities.Unicode ? TreeGuide.Line : TreeGuide.Ascii;

    /// <summary>A name and what it holds, or nothing where that is empty.</summary>
    public static void Fact(IAnsiConsole console, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) console.MarkupLine($"[dim]{ScreenText.Escaped(name)}:[/] {ScreenText.Escaped(value)}");
    }
}
