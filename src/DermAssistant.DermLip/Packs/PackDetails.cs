namespace DermAssistant.DermLip;

/// <summary>What the encoders need to know of the towers.</summary>
/// <param name="Causal">Whether the text tower looks back only.</param>
internal sealed record PackDetails(int ImageSize, int PatchGrid, int ContextLength, int VocabularySize, int PadId, bool Causal);
