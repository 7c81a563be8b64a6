using DermAssistant.DermLip;
using DermAssistant.Imaging;

namespace DermAssistant.Cases.Tests;

/// <summary>A model pack without a network: an image is described by the mean colours of its quarters, a text by the letters in it.</summary>
internal static class TinyPack
{
    public const int Dimension = 12;

    public static ModelPack Open(string version = "1", Action<int>? onEncode = null, string directory = "") => new()
    {
        Directory = directory,
        Manifest = new PackManifest("tiny", version, "Tiny", "CC0 1.0", Dimension, 100, "none", "none"),
        Image = new Colours(onEncode),
        Text = new Letters(),
        Tokenizer = new NoTokenizer(),
    };

    private sealed class Colours(Action<int>? onEncode) : IImageEncoder
    {
        private const int Side = 16;

        public int Dimension => TinyPack.Dimension;

        public PreprocessConfig Preprocess { get; } = new(Side, [0.5f, 0.5f, 0.5f], [0.5f, 0.5f, 0.5f]);

        public int PatchGrid => 0;

        public void Encode(ReadOnlySpan<float> pixels, int count, Span<float> embeddings)
        {
            onEncode?.Invoke(count);
            for (var image = 0; image < count; image++)
            {
                var embedding = embeddings.Slice(image * Dimension, Dimension);
                embedding.Clear();
                for (var at = 0; at < 3 * Side * Side; at++)
                {
                    int channel = at / (Side * Side), y = at / Side % Side, x = at % Side;
                    embedding[(channel * 4) + (y / (Side / 2) * 2) + (x / (Side / 2))] += pixels[(image * 3 * Side * Side) + at];
                }
                Normalize(embedding);
            }
        }

        public void EncodePatches(ReadOnlySpan<float> pixels, Span<float> embedding, Span<float> patches) => Encode(pixels, 1, embedding);
    }

    private sealed class Letters : ITextEncoder
    {
        public int Dimension => TinyPack.Dimension;

        public float[] Encode(IReadOnlyList<string> texts)
        {
            var embeddings = new float[texts.Count * Dimension];
            for (var text = 0; text < texts.Count; text++)
            {
                var embedding = embeddings.AsSpan(text * Dimension, Dimension);
                foreach (var letter in texts[text]) embedding[letter % Dimension]++;
                Normalize(embedding);
            }
            return embeddings;
        }
    }

    private sealed class NoTokenizer : ITokenizer
    {
        public int ContextLength => 1;

        public int[] Encode(string text) => [0];
    }

    private static void Normalize(Span<float> embedding)
    {
        double square = 0;
        foreach (var number in embedding) square += number * number;
        for (var i = 0; i < embedding.Length; i++) embedding[i] = (float)(embedding[i] / Math.Sqrt(square));
    }
}
