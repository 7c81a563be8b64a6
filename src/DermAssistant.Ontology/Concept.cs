namespace DermAssistant.Ontology;

/// <summary>Where a concept can be seen.</summary>
public enum ConceptModality
{
    Clinical,
    Dermoscopic,
    Both,
}

/// <summary>A visual descriptor.</summary>
/// <param name="Definition">In our own words.</param>
/// <param name="Synonyms">Also used for prompts.</param>
public sealed record Concept(
    string Id,
    string Name,
    string Definition,
    IReadOnlyList<string> Synonyms,
    ConceptModality Modality,
    string Category,
    string Source);
