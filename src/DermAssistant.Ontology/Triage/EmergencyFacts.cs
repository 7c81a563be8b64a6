namespace DermAssistant.Ontology;

/// <summary>What is known of an emergency of the skin.</summary>
/// <param name="Features">What it looks and feels like.</param>
/// <param name="Action">What to do.</param>
/// <param name="Ask">What to ask for.</param>
/// <param name="SkinToneNote">How it differs or where to look on brown and black skin, or null; <see cref="SkinToneFacts.Redness"/> holds for all.</param>
public sealed record EmergencyFacts(
    string Id,
    string Name,
    IReadOnlyList<OntologyNode> Conditions,
    IReadOnlyList<string> Features,
    string Action,
    IReadOnlyList<string> Ask,
    string? SkinToneNote,
    IReadOnlyList<string> Sources)
{
    /// <summary>Whether a clinician has reviewed it.</summary>
    public bool Reviewed { get; init; }
}
