using DermAssistant.Ontology.Files;

namespace DermAssistant.Ontology;

/// <summary>What a check of the ontology found.</summary>
/// <param name="Version">Declared version and content hash, or null where the files could not be read.</param>
/// <param name="Faults">By file and line; empty when the ontology is sound.</param>
/// <param name="Conditions">Number of conditions by category.</param>
/// <param name="Unreviewed">Number of conditions no clinician has reviewed.</param>
/// <param name="Doubts">Number of conditions marked with a doubt for review.</param>
public sealed record OntologyReport(
    string? Version,
    IReadOnlyList<OntologyFault> Faults,
    IReadOnlyDictionary<string, int> Conditions,
    int Unreviewed,
    int Doubts)
{
    /// <summary>True when no fault was found.</summary>
    public bool Passed => Faults.Count == 0;
}

/// <summary>Checks the files of an ontology: what does not load, and what loads but cannot be right.</summary>
public static class OntologyChecker
{
    /// <summary>Reads a folder and lists every fault with file, line and remedy.</summary>
    /// <exception cref="OntologyException">There is no such folder.</exception>
    public static OntologyReport Check(string directory)
    {
        var faults = new List<OntologyFault>();
        if (OntologyFolder.Read(directory, faults) is not { } folder) return Report(null, faults, []);
        var builder = new GraphBuilder(folder, faults);
        if (builder.Build() is { } graph) TriageChecks.Check(graph.Triage, faults);
        foreach (var (entry, node) in builder.Nodes)
        {
            NodeChecks.Check(entry, node, faults);
            if (node.Level == NodeLevel.Condition) ConditionChecks.Check(entry, node, faults);
        }
        ConceptChecks.Check(folder.Concepts, faults);
        return Report(folder.Version.ToString(), faults, [.. builder.Nodes.Select(pair => pair.Node)]);
    }

    private static OntologyReport Report(string? version, List<OntologyFault> faults, List<OntologyNode> nodes)
    {
        var conditions = nodes.Where(node => node.Level == NodeLevel.Condition).ToList();
        return new OntologyReport(
            version,
            [.. faults.OrderBy(fault => fault.File, StringComparer.Ordinal).ThenBy(fault => fault.Line)],
            conditions.GroupBy(node => node.Path[0]).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal),
            conditions.Count(node => !node.Reviewed),
            conditions.Count(node => node.Doubt is not null));
    }
}
