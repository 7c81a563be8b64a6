using System.Buffers.Binary;
using System.Text.Json;
using DermAssistant.Diagnosis;
using DermAssistant.DermLip;
using DermAssistant.Imaging;
using DermAssistant.Ontology;
using DermAssistant.Tests;

namespace DermAssistant.Evaluation.Tests;

/// <summary>
/// A pack for which a red photo is a melanoma, a green one a nevus and a blue one a basal cell carcinoma: its image encoder gives the mean
/// colour, its text encoder the colour of the diagnosis a text names.
/// </summary>
internal sealed class ColourPack : IDisposable
{
    public static readonly string[] Diagnoses = ["melanoma", "melanocytic nevus", "basal cell carcinoma"];

    private static readonly Lazy<OntologyGraph> Loaded = new(() => OntologyGraph.Load(TestPaths.InRepository("ontology")));

    /// <param name="concepts">Concepts of the ontology that show as the colour of a diagnosis, by its index; none for a pack asked for all concepts.</param>
    public ColourPack(params (string Id, int Diagnosis)[] concepts)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "photos"));
        var labels = Diagnoses.Select((name, at) => new { id = Ontology.Find(name)!.Id, prompt = name, code = $"code{at}" });
        File.WriteAllText(Path.Combine(Folder, "labels.json"), concepts.Length == 0
            ? JsonSerializer.Serialize(labels)
            : JsonSerializer.Serialize(new { labels, concepts = concepts.Select(concept => new { id = concept.Id, terms = new[] { Diagnoses[concept.Diagnosis] } }) }));
        Pack = new ModelPack
        {
            Directory = Folder,
            Manifest = new PackManifest("colours", "1", "Colours", "CC0 1.0", 3, 100, "none", "none"),
            Image = new MeanColour(),
            Text = new NamedColour(),
            Tokenizer = new NoTokenizer(),
        };
        Reader = new PhotoReader(Pack, Ontology, Prompts);
    }

    public static OntologyGraph Ontology => Loaded.Value;

    public string Folder { get; } = Directory.CreateTempSubdirectory("derm-evaluation-").FullName;

    public static PromptLibrary Prompts { get; } = PromptLibrary.Load(TestPaths.InRepository("prompts"));

    public ModelPack Pack { get; }

    /// <summary>The same pack with red and green taken for each other.</summary>
    public ModelPack ColourBlind => new() { Directory = Folder, Manifest = Pack.Manifest with { Id = "blind" }, Image = new MeanColour { Swapped = true }, Text = Pack.Text, Tokenizer = Pack.Tokenizer };

    public PhotoReader Reader { get; }

    public string Photos => Path.Combine(Folder, "photos");

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Writes a photo of one diagnosis' colour, all over or with some structure in it.</summary>
    public void Photo(string name, int diagnosis, bool blank = false)
    {
        const int side = 48;
        var bytes = new byte[54 + (side * side * 3)];
        "BM"u8.CopyTo(bytes);
        foreach (var (at, value) in new[] { (2, bytes.Length), (10, 54), (14, 40), (18, side), (22, side), (34, side * side * 3) })
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
        (bytes[26], bytes[28]) = (1, 24);
        for (var pixel = 0; pixel < side * side; pixel++)
            bytes[54 + (pixel * 3) + (2 - diagnosis)] = (byte)(blank || pixel / side / 6 % 2 == 0 ? 230 : 150);
        File.WriteAllBytes(Path.Combine(Photos, name), bytes);
    }

    public string Table(string text)
    {
        var path = Path.Combine(Folder, "labels.csv");
        File.WriteAllText(path, text);
        return path;
    }

    private sealed class MeanColour : IImageEncoder
    {
        private const int Pixels = 16 * 16;

        public bool Swapped { get; init; }

        public int Dimension => 3;

        public PreprocessConfig Preprocess { get; } = new(16, [0, 0, 0], [1, 1, 1]);

        public int PatchGrid => 0;

        public void Encode(ReadOnlySpan<float> pixels, int count, Span<float> embeddings)
        {
            for (var at = 0; at < count * 3; at++)
            {
                float sum = 0.001f;
                foreach (var value in pixels.Slice(at * Pixels, Pixels)) sum += value;
                embeddings[at] = sum;
            }
            for (var image = 0; image < count; image++)
            {
                var embedding = embeddings.Slice(image * 3, 3);
                if (Swapped) (embedding[0], embedding[1]) = (embedding[1], embedding[0]);
                Normalize(embedding);
            }
        }

        public void EncodePatches(ReadOnlySpan<float> pixels, Span<float> embedding, Span<float> patches) => Encode(pixels, 1, embedding);
    }

    private sealed class NamedColour : ITextEncoder
    {
        public int Dimension => 3;

        public float[] Encode(IReadOnlyList<string> texts)
        {
            var embeddings = new float[texts.Count * 3];
            for (var text = 0; text < texts.Count; text++)
            {
                var embedding = embeddings.AsSpan(text * 3, 3);
                for (var at = 0; at < 3; at++) embedding[at] = texts[text].Contains(Diagnoses[at], StringComparison.OrdinalIgnoreCase) ? 1 : 0.1f;
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
        float square = 0;
        foreach (var number in embedding) square += number * number;
        for (var at = 0; at < embedding.Length; at++) embedding[at] /= MathF.Sqrt(square);
    }
}
