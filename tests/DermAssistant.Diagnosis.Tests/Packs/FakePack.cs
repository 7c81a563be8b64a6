using System.Text;
using DermAssistant.DermLip;
using DermAssistant.Imaging;
using DermAssistant.Ontology;
using DermAssistant.Tests;

namespace DermAssistant.Diagnosis.Tests;

/// <summary>A pack without a network: a text that names a class points along that class's axis, a picture along the axis its redness selects.</summary>
internal static class FakePack
{
    public const int Dimension = 16;

    /// <summary>Codes of the labels in Fixtures/labels.json, in order.</summary>
    public static readonly string[] Codes = ["akiec", "bcc", "bkl", "df", "mel", "nv", "vasc"];

    private static readonly string[] Words =
        ["actinic keratosis", "basal cell carcinoma", "benign keratosis", "dermatofibroma", "melanoma", "melanocytic nevus", "vascular lesion", "asymmetric", "pigment network"];

    public static OntologyGraph Ontology { get; } = OntologyGraph.Load(TestPaths.InRepository("ontology"));

    public static PromptLibrary Prompts { get; } = PromptLibrary.Load(TestPaths.InRepository("prompts"));

    public static string LabelsFile => Path.Combine(AppContext.BaseDirectory, "Fixtures", "labels.json");

    public static LabelSet Labels { get; } = LabelSet.From(LabelSetFile.Parse(File.ReadAllBytes(LabelsFile)), Ontology);

    public static ModelPack Create(string directory, string version = "1", CountingTextEncoder? text = null, IImageEncoder? image = null) => new()
    {
        Directory = directory,
        Manifest = new PackManifest("fake", version, "Fake", "MIT", Dimension, 100, "fake", "fake"),
        Image = image ?? new RednessEncoder(),
        Text = text ?? new CountingTextEncoder(),
        Tokenizer = new NoTokenizer(),
    };

    /// <summary>A folder for a pack with the label set of Fixtures/labels.json.</summary>
    public static string NewDirectory(bool withLabels = true)
    {
        var directory = Directory.CreateTempSubdirectory("derm-diagnosis-").FullName;
        if (withLabels) File.Copy(LabelsFile, Path.Combine(directory, "labels.json"));
        return directory;
    }

    /// <summary>An embedding that leans to a class, 0..6, with the given cosine, and otherwise in a direction drawn from the seed.</summary>
    public static float[] Embedding(int label, double cosine, int seed)
    {
        var random = new Random(seed);
        var rest = new double[Dimension];
        for (var i = 0; i < Dimension; i++) rest[i] = i == label ? 0 : random.NextDouble() - 0.5;
        var unit = Vectors.Normalize(rest);
        return [.. unit.Select((value, i) => (float)(i == label ? cosine : value * Math.Sqrt(1 - (cosine * cosine))))];
    }

    internal static float[] Axis(int axis, int seed, double noise)
    {
        var random = new Random(seed);
        var vector = new double[Dimension];
        for (var i = 0; i < Dimension; i++) vector[i] = noise * (random.NextDouble() - 0.5);
        vector[axis] += 1;
        return Array.ConvertAll(Vectors.Normalize(vector), value => (float)value);
    }

    internal sealed class CountingTextEncoder : ITextEncoder
    {
        public int Dimension => FakePack.Dimension;

        public int Texts { get; private set; }

        public float[] Encode(IReadOnlyList<string> texts)
        {
            Texts += texts.Count;
            return [.. texts.SelectMany(Embed)];
        }

        private static float[] Embed(string text)
        {
            var seed = Encoding.UTF8.GetBytes(text).Aggregate(17, (hash, value) => unchecked((hash * 31) + value));
            var word = Array.FindIndex(Words, candidate => text.Contains(candidate, StringComparison.OrdinalIgnoreCase));
            return word >= 0 ? Axis(word, seed, 0.2) : Axis(Words.Length + (Math.Abs(seed % 1000) % (FakePack.Dimension - Words.Length)), seed, 0.2);
        }
    }

    private sealed class RednessEncoder : IImageEncoder
    {
        public int Dimension => FakePack.Dimension;

        public PreprocessConfig Preprocess { get; } = new(32, [0, 0, 0], [1, 1, 1]);

        public int PatchGrid => 0;

        public void Encode(ReadOnlySpan<float> pixels, int count, Span<float> embeddings)
        {
            var size = pixels.Length / count;
            for (var image = 0; image < count; image++)
            {
                var one = pixels.Slice(image * size, size);
                double red = 0, all = 0;
                for (var i = 0; i < size; i++)
                {
                    if (i < size / 3) red += one[i];
                    all += one[i];
                }
                Axis(Math.Min(6, (int)(red / (size / 3) * 7)), (int)all, 0.3).CopyTo(embeddings.Slice(image * Dimension, Dimension));
            }
        }

        public void EncodePatches(ReadOnlySpan<float> pixels, Span<float> embedding, Span<float> patches) => Encode(pixels, 1, embedding);
    }

    private sealed class NoTokenizer : ITokenizer
    {
        public int ContextLength => 8;

        public int[] Encode(string text) => [];
    }
}
