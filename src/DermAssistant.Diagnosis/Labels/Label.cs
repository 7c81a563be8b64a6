using DermAssistant.Ontology;

namespace DermAssistant.Diagnosis;

/// <summary>One thing a pack can tell: a condition, or a group of conditions its training data did not separate.</summary>
public sealed class Label
{
    internal Label(OntologyNode node, string name, IReadOnlyList<string> wordings, IReadOnlyList<OntologyNode> covers, string? code)
    {
        (Node, Name, Wordings, Covers, Code) = (node, name, wordings, covers, code);
        Malignant = Covers.Append(Node).Any(IsMalignant);
        Supported = CommonNode([Node, .. Covers]);
    }

    /// <summary>The node the label is shown as.</summary>
    public OntologyNode Node { get; }

    /// <summary>The name shown to people.</summary>
    public string Name { get; }

    /// <summary>The words put into the prompt templates.</summary>
    public IReadOnlyList<string> Wordings { get; }

    /// <summary>All nodes the label may stand for.</summary>
    public IReadOnlyList<OntologyNode> Covers { get; }

    /// <summary>What the training data calls it, for example <c>nv</c>.</summary>
    public string? Code { get; }

    /// <summary>Whether any of its conditions is flagged malignant or in situ: a label that mixes both kinds counts as malignant.</summary>
    public bool Malignant { get; }

    /// <summary>The deepest node that is certain when the label is right, or null where its conditions share none.</summary>
    internal OntologyNode? Supported { get; }

    /// <summary>Whether the label being right puts the truth inside a node.</summary>
    internal bool Supports(OntologyNode node) => Supported is not null && Supported.IsWithin(node);

    private static bool IsMalignant(OntologyNode node) =>
        node.Flags.Contains(ConditionFlag.Malignant) || node.Flags.Contains(ConditionFlag.InSitu);

    private static OntologyNode? CommonNode(IReadOnlyList<OntologyNode> nodes)
    {
        var shared = nodes[0];
        while (shared is not null && !nodes.All(node => node.IsWithin(shared)))
            shared = shared.Parent;
        return shared;
    }
}
