namespace DermAssistant.Ontology;

/// <summary>How an outside label found its node.</summary>
public enum LabelMatch
{
    None,
    Exact,
    Synonym,
    Normalised,
}

/// <summary>Where an outside label belongs; unplaced labels have no node.</summary>
public sealed record LabelMapping(string Label, OntologyNode? Node, LabelMatch How);

/// <summary>A node named in a text.</summary>
/// <param name="Start">Index of the first character.</param>
public sealed record Mention(int Start, int Length, OntologyNode Node);
