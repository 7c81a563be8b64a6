using DermAssistant.Imaging;
using Microsoft.ML.OnnxRuntime;

namespace DermAssistant.DermLip;

/// <summary>The image tower of a pack on ONNX Runtime.</summary>
/// <param name="session">The graph with an embedding a picture.</param>
/// <param name="patchesSession">The graph with an embedding a patch too; null where <paramref name="session"/> has it.</param>
/// <param name="weights">What the sessions compute with; disposed with them.</param>
/// <param name="views">How many pictures the graph makes of one.</param>
/// <param name="batch">How many pictures a run takes at most.</param>
internal sealed class OnnxImageEncoder(
    ImageSession session, Lazy<InferenceSession>? patchesSession, PackWeights weights, PreprocessConfig preprocess, int dimension, int patchGrid, int views, int batch) : IImageEncoder, IDisposable
{
    public const string Input = "pixels";
    public const string Embedding = "embedding";
    public const string Patches = "patches";

    private static readonly string[] Inputs = [Input];
    private static readonly string[] Outputs = [Embedding, Patches];
    private static readonly string[] EmbeddingOnly = [Embedding];

    public int Dimension => dimension;

    public PreprocessConfig Preprocess => preprocess;

    public int PatchGrid => patchGrid;

    private int PixelCount => 3 * preprocess.ImageSize * preprocess.ImageSize;

    public void Encode(ReadOnlySpan<float> pixels, int count, Span<float> embeddings)
    {
        Require(pixels.Length == count * PixelCount, nameof(pixels), $"{count} images need {count * PixelCount} values, not {pixels.Length}");
        Require(embeddings.Length >= count * dimension, nameof(embeddings), $"{count} embeddings need room for {count * dimension} values");
        var most = Math.Max(1, batch / views);
        for (var done = 0; done < count; done += most)
        {
            var now = Math.Min(most, count - done);
            Run(pixels.Slice(done * PixelCount, now * PixelCount), now, embeddings.Slice(done * dimension, now * dimension), []);
        }
    }

    public void EncodePatches(ReadOnlySpan<float> pixels, Span<float> embedding, Span<float> patches)
    {
        Require(pixels.Length == PixelCount, nameof(pixels), $"an image needs {PixelCount} values, not {pixels.Length}");
        Require(embedding.Length >= dimension, nameof(embedding), $"an embedding needs room for {dimension} values");
        Require(patches.Length >= patchGrid * patchGrid * dimension, nameof(patches), $"the patches need room for {patchGrid * patchGrid * dimension} values");
        Run(pixels, 1, embedding, patches);
    }

    /// <summary>Reads the caller's pixels where they lie; nothing is written before all of it is known to be numbers.</summary>
    private unsafe void Run(ReadOnlySpan<float> pixels, int count, Span<float> embeddings, Span<float> patches)
    {
        int side = preprocess.ImageSize;
        var (computed, computedPatches) = (new float[count * dimension], new float[patches.IsEmpty ? 0 : count * patchGrid * patchGrid * dimension]);
        fixed (float* read = pixels, written = computed, writtenPatches = computedPatches)
        {
            using var options = new RunOptions();
            using var input = TensorMemory.Of(read, [count, 3, side, side]);
            using var embedding = TensorMemory.Of(written, [count, dimension]);
            if (patches.IsEmpty)
            {
                session.For(count * views).Run(options, Inputs, [input], EmbeddingOnly, [embedding]);
            }
            else
            {
                using var grid = TensorMemory.Of(writtenPatches, [count, patchGrid * patchGrid, dimension]);
                (patchesSession?.Value ?? session.For(views)).Run(options, Inputs, [input], Outputs, [embedding, grid]);
            }
        }

        FiniteEmbeddings.Require(computed, "image tower", pixels);
        FiniteEmbeddings.Require(computedPatches, "image tower", pixels);
        computed.CopyTo(embeddings);
        computedPatches.CopyTo(patches);
    }

    /// <summary>Computes from now on as it does after some dozens of pictures; for comparisons.</summary>
    internal void Hasten() => session.Hasten();

    private static void Require(bool holds, string parameter, string message)
    {
        if (!holds) throw new ArgumentException(message, parameter);
    }

    public void Dispose()
    {
        session.Dispose();
        if (patchesSession is { IsValueCreated: true }) patchesSession.Value.Dispose();
        weights.Dispose();
    }
}
