namespace DermAssistant.DermLip;

/// <summary>What <c>pack.json</c> says of a pack.</summary>
/// <param name="Version">Changes with every byte of the weights.</param>
/// <param name="LogitScale">exp(logit_scale) of the checkpoint.</param>
public sealed record PackManifest(
    string Id,
    string Version,
    string Name,
    string Licence,
    int EmbeddingDimension,
    double LogitScale,
    string ImageTower,
    string TextTower)
{
    /// <summary>How the photo is shown to the image tower.</summary>
    public ImageViews ImageViews { get; init; } = ImageViews.Single;

    /// <summary>Whether the transformers use x * sigmoid(1.702 x) instead of the exact GELU.</summary>
    public bool QuickGelu { get; init; }

    /// <summary>The number type of the matrix products.</summary>
    public PackPrecision Precision { get; init; } = PackPrecision.Float32;

    /// <summary>How the embeddings of an int8 pack differ from those of the float32 pack it was made from; null for float32.</summary>
    public QuantizationError? Quantization { get; init; }

    /// <summary>Which tokenizer the pack carries: <c>clip-bpe</c>, <c>wordpiece</c>, or null where the checkpoint came without one.</summary>
    public string? Tokenizer { get; init; }
}
