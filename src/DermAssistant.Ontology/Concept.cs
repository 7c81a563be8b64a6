namespace DermAssistant.Ontology;

/// <summary>Where a concept can be seen.</summary>
public enum ConceptModality
{
    /// <summary>In a clinical photo.</summary>
    Clinical,
    /// <summary>Only through a dermatoscope.</summary>
    Dermoscopic,
    /// <summary>In both.</summary>
    Both,
}

/// <summary>A visual descriptor.</summary>
/// <param name="Definition">In our own words.</param>
/// <param name="Synonyms">Also used for prompts.</param>
/// <param name="Category">What kind of descriptor, for example <c>colour</c> or <c>primary lesion</c>.</param>
/// <param name="Source">Id of the source of the definition.</param>
public sealed record Concept(
    string Id,
    string Name,
    string Definition,
    IReadOnlyList<string> Synonyms,
    ConceptModality Modality,
    string Category,
    string Source)
{
    /// <summary>Ids of the published concept lists that hold this concept by name.</summary>
    public IReadOnlyList<string> Vocabularies { get; init; } = [];

    /// <summary>Id of the concept that is seen wherever this one is (scaly skin shows scale), or null; conditions are ranked by that one.</summary>
    public string? CountsAs { get; init; }
}
