namespace DermAssistant.Ontology;

/// <summary>A condition ranked against observed concepts.</summary>
/// <param name="Score">Sum of the weights of the concepts for it less those against it, as a share of what it could reach; -1..1.</param>
/// <param name="For">Observed concepts that speak for the condition, strongest first.</param>
/// <param name="Against">Observed concepts that speak against it.</param>
/// <param name="Missing">Cardinal concepts of the condition that were not observed.</param>
public sealed record RankedCondition(
    OntologyNode Condition,
    double Score,
    IReadOnlyList<ConceptLink> For,
    IReadOnlyList<ConceptLink> Against,
    IReadOnlyList<ConceptLink> Missing);
