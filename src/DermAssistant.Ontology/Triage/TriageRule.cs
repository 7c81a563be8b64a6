namespace DermAssistant.Ontology;

/// <summary>One thing that can be met in several ways: a reported sign, a concept seen, or a condition considered.</summary>
/// <param name="Signs">Ids of signs; one of them is enough.</param>
/// <param name="Concepts">Ids of concepts; one of them is enough.</param>
/// <param name="Conditions">Conditions; one of them in the differential is enough.</param>
public sealed record TriageRequirement(
    IReadOnlyList<string> Signs,
    IReadOnlyList<string> Concepts,
    IReadOnlyList<OntologyNode> Conditions);

/// <summary>A rule that fires when every requirement is met.</summary>
/// <param name="Emergency">Id of the emergency whose warning sign it is, or null.</param>
public sealed record TriageRule(
    string Id,
    Urgency Urgency,
    string Text,
    string Source,
    IReadOnlyList<TriageRequirement> Requires,
    string? Emergency)
{
    /// <summary>Whether a clinician has reviewed it.</summary>
    public bool Reviewed { get; init; }
}

/// <summary>A rule that fires from a probability on.</summary>
/// <param name="AtLeast">0..1, inclusive.</param>
/// <param name="Text">With the places {percent}, {threshold} and {names}.</param>
public sealed record ThresholdRule(string Id, Urgency Urgency, double AtLeast, string Text, string Source)
{
    /// <summary>Whether a clinician has reviewed it.</summary>
    public bool Reviewed { get; init; }
}
