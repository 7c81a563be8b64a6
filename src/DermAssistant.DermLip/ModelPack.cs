using DermAssistant.Imaging;

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
    string TextTower);

/// <summary>Turns preprocessed pixels into L2-normalised embeddings.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public interface IImageEncoder
{
    int Dimension { get; }

    PreprocessConfig Preprocess { get; }

    /// <summary>Encodes <paramref name="count"/> images.</summary>
    /// <param name="pixels">[count, 3, size, size], normalised.</param>
    /// <param name="embeddings">[count, Dimension].</param>
    void Encode(ReadOnlySpan<float> pixels, int count, Span<float> embeddings);

    /// <summary>Side of the square grid of patch embeddings, or 0 where the tower has none.</summary>
    int PatchGrid { get; }

    /// <summary>Encodes one image; also one embedding per patch, [PatchGrid * PatchGrid, Dimension], L2-normalised, row-major.</summary>
    void EncodePatches(ReadOnlySpan<float> pixels, Span<float> embedding, Span<float> patches);
}

/// <summary>Turns texts into L2-normalised embeddings.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public interface ITextEncoder
{
    int Dimension { get; }

    /// <summary>One embedding a text, [texts.Count, Dimension] row-major.</summary>
    float[] Encode(IReadOnlyList<string> texts);
}

/// <summary>Turns a text into token ids as the reference tokenizer of the checkpoint does.</summary>
public interface ITokenizer
{
    int ContextLength { get; }

    /// <summary>Start and end tokens included, cut to the context length, not padded.</summary>
    int[] Encode(string text);
}

/// <summary>A model pack that passed its golden vectors.</summary>
public sealed class ModelPack : IDisposable
{
    public required string Directory { get; init; }

    public required PackManifest Manifest { get; init; }

    public required IImageEncoder Image { get; init; }

    public required ITextEncoder Text { get; init; }

    public required ITokenizer Tokenizer { get; init; }

    /// <summary>The L2-normalised embedding of a photo.</summary>
    public float[] Encode(Photo photo) => throw new NotImplementedException(photo.Name + Directory);

    public void Dispose()
    {
    }
}

/// <summary>A model pack is missing, damaged, fails its golden vectors or does not fit.</summary>
public sealed class ModelPackException(string message, string hint, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the user can do.</summary>
    public string Hint { get; } = hint;
}
