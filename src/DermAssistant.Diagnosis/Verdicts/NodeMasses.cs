using DermAssistant.Ontology;

namespace DermAssistant.Diagnosis;

/// <summary>The nodes of the ontology a label set can tell apart, and the labels that put the truth inside each.</summary>
internal sealed class NodeMasses
{
    private readonly LabelSet _labels;
    private readonly (OntologyNode Node, int[] Labels, bool Malignant)[] _nodes;

    public NodeMasses(LabelSet labels)
    {
        _labels = labels;
        var nodes = new Dictionary<string, (OntologyNode Node, List<int> Labels)>(StringComparer.Ordinal);
        for (var i = 0; i < labels.Labels.Count; i++)
            foreach (var node in labels.Labels[i].Supported)
            {
                if (!nodes.TryGetValue(node.Id, out var entry)) nodes[node.Id] = entry = (node, []);
                entry.Labels.Add(i);
            }
        // A node every label lies under says nothing about the photo, only about the pack.
        _nodes = [.. nodes.Values
            .Where(entry => entry.Labels.Count < labels.Labels.Count)
            .OrderBy(entry => entry.Node.Id, StringComparer.Ordinal)
            .Select(entry => (entry.Node, entry.Labels.ToArray(), entry.Labels.Any(i => labels.Labels[i].Malignant)))];
    }

    /// <summary>Every node with its mass, ordered by id.</summary>
    public IReadOnlyList<NodeMass> Of(IReadOnlyList<double> probabilities) =>
        [.. _nodes.Select(entry => new NodeMass(entry.Node, entry.Labels.Sum(i => probabilities[i]), entry.Malignant))];

    /// <summary>The mass of the labels that may be malignant or in situ.</summary>
    public double Malignancy(IReadOnlyList<double> probabilities)
    {
        double mass = 0;
        for (var i = 0; i < probabilities.Count; i++)
            if (_labels.Labels[i].Malignant) mass += probabilities[i];
        return Math.Min(1, mass);
    }

    /// <summary>Whether a label being right makes a node right.</summary>
    public bool IsRight(OntologyNode node, int label) => _labels.Labels[label].Supports(node);
}

/// <summary>A node, the mass of the labels under it, and whether any of them may be malignant.</summary>
internal sealed record NodeMass(OntologyNode Node, double Mass, bool Malignant);
