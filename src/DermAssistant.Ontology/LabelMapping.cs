namespace DermAssistant.Ontology;

/// <summary>How an outside label found its node.</summary>
public enum LabelMatch
{
    /// <summary>It found none.</summary>
    None,
    /// <summary>It is a node's name or id.</summary>
    Exact,
    /// <summary>It is a synonym, a plain-language name or a known dataset label.</summary>
    Synonym,
    /// <summary>It is one of these after plural, spelling, punctuation word order or a slip of the pen is evened out, or the first of several labels in one string.</summary>
    Normalised,
}

/// <summary>Where an outside label belongs; unplaced labels have no node.</summary>
public sealed record LabelMapping(string Label, OntologyNode? Node, LabelMatch How)
{
    /// <summary>True where the node was found only by taking the label for a misspelling of one of its names: a guess that wants a look.</summary>
    public bool Misspelt { get; init; }
}

/// <summary>A node and the one of its names that was looked for.</summary>
public sealed record NameMatch(OntologyNode Node, string Name);

/// <summary>A node named in a text.</summary>
/// <param name="Start">Index of the first character.</param>
public sealed record Mention(int Start, int Length, OntologyNode Node)
{
    /// <summary>The concept the same words name (a scar is a condition and a concept), or null.</summary>
    public Concept? AlsoConcept { get; init; }
}

/// <summary>A concept named in a text.</summary>
/// <param name="Start">Index of the first character.</param>
public sealed record ConceptMention(int Start, int Length, Concept Concept);
