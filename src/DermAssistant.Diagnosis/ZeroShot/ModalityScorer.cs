namespace DermAssistant.Diagnosis;

/// <summary>Tells the kind of picture by prompts, for packs without statistics of the photos they know.</summary>
internal sealed class ModalityScorer
{
    private readonly Modality[] _modalities;
    private readonly ZeroShotClassifier _classifier;

    public ModalityScorer(PromptLibrary prompts, TextEmbeddings texts, int dimension)
    {
        _modalities = [.. Enum.GetValues<Modality>().Where(modality => prompts.Modalities.ContainsKey(Wording.CamelCase(modality)))];
        _classifier = ZeroShotClassifier.Build(
            [.. _modalities.Select(modality => prompts.Modalities[Wording.CamelCase(modality)])], texts, dimension);
    }

    public Modality MostLikely(ReadOnlySpan<float> embedding)
    {
        var logits = _classifier.Logits(embedding);
        return _modalities[Array.IndexOf(logits, logits.Max())];
    }
}
