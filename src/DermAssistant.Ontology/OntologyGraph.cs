namespace DermAssistant.Ontology;

/// <summary>Two conditions side by side.</summary>
/// <param name="Shared">The deepest node both lie under, or null when they share none.</param>
/// <param name="OnlyFirst">Concepts that speak for the first and not for the second.</param>
/// <param name="Difference">The look-alike note of the pair, or null where the ontology has none.</param>
public sealed record ConditionComparison(
    OntologyNode First,
    OntologyNode Second,
    OntologyNode? Shared,
    IReadOnlyList<ConceptLink> OnlyFirst,
    IReadOnlyList<ConceptLink> OnlySecond,
    IReadOnlyList<ConceptLink> Both,
    LookAlike? Difference);

/// <summary>The four-level graph of conditions with concepts and triage rules.</summary>
/// <remarks>Immutable after loading and safe for concurrent use.</remarks>
public sealed class OntologyGraph
{
    /// <summary>Loads <c>ontology/</c>.</summary>
    /// <exception cref="OntologyException">A file is missing or malformed; the message names file, line and remedy.</exception>
    public static OntologyGraph Load(string directory) => throw new NotImplementedException(directory);

    /// <summary>The declared version and a hash of the files' content.</summary>
    public string Version { get; init; } = "";

    /// <summary>All nodes, parents before children.</summary>
    public IReadOnlyList<OntologyNode> Nodes { get; init; } = [];

    public IReadOnlyList<OntologyNode> Conditions { get; init; } = [];

    public IReadOnlyList<Concept> Concepts { get; init; } = [];

    /// <summary>The node with this id, name or synonym (case and punctuation do not matter), or null.</summary>
    public OntologyNode? Find(string nameOrId) => throw new NotImplementedException(nameOrId + Version);

    public Concept? FindConcept(string nameOrId) => throw new NotImplementedException(nameOrId + Version);

    /// <summary>The nodes nearest to a text: prefix, synonym, plain-language name, misspelling.</summary>
    public IReadOnlyList<OntologyNode> Search(string text, int top = 10) => throw new NotImplementedException(text + top + Version);

    /// <summary>The other nodes under the same parent.</summary>
    public IReadOnlyList<OntologyNode> Siblings(OntologyNode node) => throw new NotImplementedException(node.Id + Version);

    /// <summary>The deepest node both lie under, or null when they share none.</summary>
    public OntologyNode? CommonAncestor(OntologyNode first, OntologyNode second) => throw new NotImplementedException(first.Id + second.Id + Version);

    /// <summary>Steps from one node to the other through the tree (through an implied root where they share no category).</summary>
    public int Distance(OntologyNode first, OntologyNode second) => throw new NotImplementedException(first.Id + second.Id + Version);

    public ConditionComparison Compare(OntologyNode first, OntologyNode second) => throw new NotImplementedException(first.Id + second.Id + Version);

    /// <summary>Places an outside label; one that cannot be placed is said to be unplaced, never guessed.</summary>
    public LabelMapping Map(string label) => throw new NotImplementedException(label + Version);

    /// <summary>The nodes named in a text, longest names first, not overlapping, in order of appearance.</summary>
    public IReadOnlyList<Mention> FindMentions(string text) => throw new NotImplementedException(text + Version);
}

/// <summary>The ontology cannot be loaded, or a name is not in it.</summary>
public sealed class OntologyException(string message, string hint, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the user can do.</summary>
    public string Hint { get; } = hint;
}
