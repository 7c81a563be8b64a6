using DermAssistant.Tests;

namespace DermAssistant.Ontology.Tests;

/// <summary>The ontology of the repository, loaded once.</summary>
internal static class Shipped
{
    public static string Folder { get; } = TestPaths.InRepository("ontology");

    public static OntologyGraph Graph { get; } = OntologyGraph.Load(Folder);

    public static OntologyNode Node(string name) => Graph.Find(name) ?? throw new InvalidOperationException($"'{name}' is not in the ontology.");
}
