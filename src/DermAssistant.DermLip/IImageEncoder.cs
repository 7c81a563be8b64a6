using DermAssistant.Imaging;

namespace DermAssistant.DermLip;

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
