using DermAssistant.DermLip;
using DermAssistant.Imaging;

namespace DermAssistant.Diagnosis.Tests;

/// <summary>An encoder with two patches a side, of which the lower right one shows what the axis stands for.</summary>
/// <param name="present">Whether the photo as a whole shows it; otherwise its embedding is the opposite.</param>
internal sealed class QuarterEncoder(int axis, bool present = true) : IImageEncoder
{
    public int Dimension => FakePack.Dimension;

    public PreprocessConfig Preprocess { get; } = new(32, [0, 0, 0], [1, 1, 1]);

    public int PatchGrid => 2;

    public void Encode(ReadOnlySpan<float> pixels, int count, Span<float> embeddings)
    {
        for (var i = 0; i < count * Dimension; i++) embeddings[i] = i % Dimension != axis ? 0 : present ? 1 : -1;
    }

    public void EncodePatches(ReadOnlySpan<float> pixels, Span<float> embedding, Span<float> patches)
    {
        Encode(pixels, 1, embedding);
        for (var patch = 0; patch < 4; patch++) FakePack.Axis(patch == 3 ? axis : 0, patch, 0.1).CopyTo(patches.Slice(patch * Dimension, Dimension));
    }
}
