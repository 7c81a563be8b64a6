namespace DermAssistant.Diagnosis;

/// <summary>Where in a photo a concept is seen: one number a patch of the square that the encoder sees.</summary>
/// <param name="Score">How strongly the concept is present in the photo as a whole, 0..1.</param>
/// <param name="Side">Patches along one side of the square.</param>
/// <param name="Contrasts">
/// By how much each patch is more similar to prompts that name the concept than to their references (difference of cosines, mean over the
/// templates), row-major. Comparable within one map only: the encoder was trained on whole photos, not on patches.
/// </param>
public sealed record ConceptMap(string ConceptId, string Name, double Score, int Side, IReadOnlyList<double> Contrasts);
