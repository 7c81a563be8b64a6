namespace DermAssistant.Ontology;

/// <summary>Two conditions side by side.</summary>
/// <param name="Shared">The deepest node both lie under, or null when they share none.</param>
/// <param name="OnlyFirst">Concepts that speak for the first and not for the second.</param>
/// <param name="OnlySecond">Concepts that speak for the second and not for the first.</param>
/// <param name="Both">Concepts that speak for both, with the first's weight.</param>
/// <param name="Difference">The look-alike note of the pair, or null where the ontology has none.</param>
/// <remarks>The urgency of each is <see cref="OntologyNode.DefaultUrgency"/>.</remarks>
public sealed record ConditionComparison(
    OntologyNode First,
    OntologyNode Second,
    OntologyNode? Shared,
    IReadOnlyList<ConceptLink> OnlyFirst,
    IReadOnlyList<ConceptLink> OnlySecond,
    IReadOnlyList<ConceptLink> Both,
    LookAlike? Difference);
