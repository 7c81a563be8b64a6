namespace DermAssistant.Ontology;

/// <summary>Where statements of the ontology come from.</summary>
/// <param name="Citation">What it is, as a reader would cite it.</param>
/// <param name="LookedUp">False for general knowledge or a choice of the project that no retrieved text backs; answers must say so.</param>
/// <param name="Note">How far it carries, or null.</param>
public sealed record Source(string Id, string Citation, bool LookedUp, string? Url = null, string? Licence = null, string? Note = null);

/// <summary>A statement in words with the id of its source.</summary>
public sealed record SourcedStatement(string Text, string Source);
