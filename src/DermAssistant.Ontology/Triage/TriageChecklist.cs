namespace DermAssistant.Ontology;

/// <summary>A scored checklist.</summary>
/// <param name="Photo">The kind of photo whose concepts may score; what is reported scores always.</param>
/// <param name="Threshold">Points from which it fires.</param>
/// <param name="Text">With the places {points} and {items}.</param>
/// <param name="Caution">What the list cannot do, or null.</param>
public sealed record TriageChecklist(
    string Id,
    string Name,
    ConceptModality Photo,
    Urgency Urgency,
    int Threshold,
    string Text,
    string Source,
    string? Caution,
    ChecklistScope AppliesTo,
    IReadOnlyList<ChecklistItem> Items)
{
    /// <summary>Whether a clinician has reviewed it.</summary>
    public bool Reviewed { get; init; }
}

/// <summary>One line of a checklist.</summary>
public sealed record ChecklistItem(string Id, string Text, int Points, TriageRequirement Requirement);

/// <summary>When a checklist is about the lesion at hand: a sign says so, or enough of the differential lies within its nodes.</summary>
/// <param name="AtLeast">The mass of the differential within the nodes, 0..1.</param>
public sealed record ChecklistScope(IReadOnlyList<string> Signs, IReadOnlyList<OntologyNode> Within, double AtLeast);
