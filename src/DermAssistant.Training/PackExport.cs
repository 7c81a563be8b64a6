using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DermAssistant.DermLip;
using DermAssistant.Imaging;
using DermAssistant.Ontology;

namespace DermAssistant.Training;

/// <summary>Turns trained networks into what a model pack is made from.</summary>
internal static class PackExport
{
    private const string SplitsFile = "splits.csv";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static PackSource Source(
        TrainingRequest request, TrainingData data, CaptionGrammar grammar, IReadOnlyDictionary<string, LabelWording> wordings,
        CaptionVocabulary vocabulary, TwoTower network, PreprocessConfig preprocess, OntologyGraph ontology) => new()
        {
            Id = request.Id,
            Name = request.Name,
            Licence = data.Licence,
            ConfigJson = Config(request.Options.Shape with { Vocabulary = vocabulary.Size }, request.Options.ImageSize, preprocess).ToJsonString(Indented),
            Weights = Weights(network),
            TokenizerFiles = vocabulary.Files,
            ImageViews = request.ImageViews,
            OtherFiles = new Dictionary<string, byte[]>
            {
                ["labels.json"] = Utf8(Labels(grammar, wordings, ontology).ToJsonString(Indented) + "\n"),
                [SplitsFile] = Utf8(Splits(data.Samples, wordings)),
                ["training.json"] = Utf8(Settings(request, data).ToJsonString(Indented) + "\n"),
            },
        };

    private static Dictionary<string, WeightTensor> Weights(TwoTower network) =>
        network.OpenClipState()
            .Where(t => t.Value.is_floating_point())
            .ToDictionary(t => t.Key, t => new WeightTensor([.. t.Value.shape.Select(s => (int)s)], t.Value.detach().contiguous().data<float>().ToArray()));

    private static JsonObject Config(NetworkShape shape, int imageSize, PreprocessConfig preprocess) => new()
    {
        ["model_cfg"] = new JsonObject
        {
            ["embed_dim"] = shape.Embedding,
            ["vision_cfg"] = new JsonObject
            {
                ["image_size"] = imageSize,
                ["layers"] = new JsonArray([.. shape.Blocks.Select(b => (JsonNode)b)]),
                ["width"] = shape.Width,
                ["patch_size"] = null,
            },
            ["text_cfg"] = new JsonObject
            {
                ["context_length"] = shape.Context,
                ["vocab_size"] = shape.Vocabulary,
                ["width"] = shape.TextWidth,
                ["heads"] = shape.TextHeads,
                ["layers"] = shape.TextLayers,
            },
        },
        ["preprocess_cfg"] = new JsonObject
        {
            ["mean"] = new JsonArray([.. preprocess.Mean.Select(m => (JsonNode)m)]),
            ["std"] = new JsonArray([.. preprocess.Std.Select(s => (JsonNode)s)]),
            ["interpolation"] = "bicubic",
            ["resize_mode"] = "shortest",
        },
    };

    // What the pack can tell, in the words it was trained with.
    private static JsonObject Labels(CaptionGrammar grammar, IReadOnlyDictionary<string, LabelWording> wordings, OntologyGraph ontology)
    {
        var labels = new JsonArray();
        foreach (var (id, wording) in wordings)
        {
            var node = ontology.Find(id)!;
            labels.Add((JsonNode)new JsonObject
            {
                ["id"] = id,
                ["code"] = wording.Code,
                ["prompts"] = Strings(wording.Names),
                ["covers"] = Strings([id, .. node.Covers.Select(c => c.Id)]),
            });
        }

        var concepts = new JsonArray();
        foreach (var concept in grammar.Concepts)
            concepts.Add((JsonNode)new JsonObject { ["id"] = concept.Id, ["terms"] = Strings(concept.Terms), ["opposites"] = Strings(concept.Opposites) });
        return new JsonObject
        {
            ["name"] = wordings.Values.All(w => w.Code is not null) ? grammar.LabelSet : $"the {wordings.Count} diagnoses of its training data",
            ["modality"] = grammar.Modality,
            ["templates"] = Strings(grammar.Templates),
            ["labels"] = labels,
            ["concepts"] = concepts,
        };
    }

    // Which photos the figures of the card were measured on, so that anyone with the data can measure them again.
    private static string Splits(IReadOnlyList<TrainingSample> samples, IReadOnlyDictionary<string, LabelWording> wordings)
    {
        var text = new StringBuilder("image_id,diagnosis,split\n");
        foreach (var sample in samples.OrderBy(s => s.Id, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{sample.Id},{wordings[sample.Label].Code ?? sample.Label},{sample.Split.ToString().ToLowerInvariant()}\n");
        return text.ToString();
    }

    private static JsonObject Settings(TrainingRequest request, TrainingData data) => new()
    {
        ["data"] = data.Name,
        ["attribution"] = data.Attribution,
        ["samples"] = new JsonObject(Enum.GetValues<Split>().Select(split =>
            KeyValuePair.Create(split.ToString().ToLowerInvariant(), (JsonNode?)data.Samples.Count(s => s.Split == split)))),
        ["skipped"] = data.Skipped.Count,
        ["measuredFacts"] = data.Measured is { } m
            ? new JsonObject { ["symmetricBelow"] = m.SymmetricBelow, ["asymmetricAbove"] = m.AsymmetricAbove, ["regularBelow"] = m.RegularBelow, ["irregularAbove"] = m.IrregularAbove }
            : null,
        ["stages"] = new JsonArray([.. request.Options.Stages.Select(s => (JsonNode)new JsonObject { ["imageSize"] = s.ImageSize, ["epochs"] = s.Epochs })]),
        ["batch"] = request.Options.Batch,
        ["threads"] = request.Options.Threads,
        ["seed"] = request.Options.Seed,
        ["learningRate"] = request.Options.LearningRate,
        ["weightDecay"] = request.Options.WeightDecay,
        ["averageDecay"] = request.Options.AverageDecay,
        ["precision"] = request.Options.Precision.ToString().ToLowerInvariant(),
        ["labelBalance"] = request.Options.LabelBalance,
        ["mixed"] = request.Options.Mixed,
        ["augmentation"] = request.Options.Augmentation,
    };

    private static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(v => (JsonNode)v)]);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
