using DermAssistant.Ontology;

namespace DermAssistant.Diagnosis;

/// <summary>One thing a pack can tell: a condition, or a group of conditions its training data did not separate.</summary>
public sealed class Label
{
    internal Label(OntologyNode node, string name, IReadOnlyList<string> wordings, IReadOnlyList<OntologyNode> covers, string? code)
    {
        (Node, Name, Wordings, Covers, Code) = (node, name, wordings, covers, code);
        Malignant = Covers.Append(Node).Any(node => node.CountsAsMalignant);
        Supported = SupportedNodes();
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

    /// <summary>The nodes that are certain when the label is right, the deepest first.</summary>
    /// <remarks>
    /// Where the ontology has a node for the very class ("benign keratosis, unspecified"), the class lies where the ontology puts that node;
    /// otherwise only what all the conditions covered lie under is certain.
    /// </remarks>
    internal IReadOnlyList<OntologyNode> Supported { get; }

    /// <summary>Whether the label being right puts the truth inside a node.</summary>
    internal bool Supports(OntologyNode node) => Supported.Any(supported => supported.Id == node.Id);

    private List<OntologyNode> SupportedNodes()
    {
        var standsForAll = Covers.All(Node.Includes);
        var nodes = new List<OntologyNode>();
        for (OntologyNode? node = Node; node is not null; node = node.Parent)
            if (standsForAll || Covers.All(covered => covered.IsWithin(node))) nodes.Add(node);
        return nodes;
    }
}
