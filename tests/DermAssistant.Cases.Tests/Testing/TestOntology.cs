using DermAssistant.Ontology;
using DermAssistant.Tests;

namespace DermAssistant.Cases.Tests;

/// <summary>The product's own ontology, loaded once.</summary>
internal static class TestOntology
{
    private static readonly Lazy<OntologyGraph> Loaded = new(() => OntologyGraph.Load(TestPaths.InRepository("ontology")));

    public static OntologyGraph Graph => Loaded.Value;

    public static string Id(string name) => Graph.Find(name)!.Id;
}
