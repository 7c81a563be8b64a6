namespace DermAssistant.DermLip;

/// <summary>A vocabulary made by <see cref="BpeTrainer"/>.</summary>
/// <param name="VocabularyJson">The content of <c>vocab.json</c>: symbol to id; the last two ids are the start and the end of a text.</param>
/// <param name="MergesText">The content of <c>merges.txt</c>: one merge a line in the order they are applied.</param>
/// <param name="Size">Number of symbols.</param>
public sealed record TrainedVocabulary(string VocabularyJson, string MergesText, int Size);
