using System.Text.Json;
using System.Text.Json.Nodes;
using DermAssistant.Imaging;

namespace DermAssistant.DermLip;

/// <summary>An open_clip configuration: <c>model_cfg</c> and <c>preprocess_cfg</c>.</summary>
internal sealed record OpenClipConfig(int EmbedDim, bool QuickGelu, VisionConfig Vision, TextConfig Text, PreprocessConfig Preprocess)
{
    public const string FileName = "open_clip_config.json";

    private static readonly float[] OpenAiMean = [0.48145466f, 0.4578275f, 0.40821073f];
    private static readonly float[] OpenAiStd = [0.26862954f, 0.26130258f, 0.27577711f];

    /// <summary>Reads a configuration; a bare <c>model_cfg</c> is one too.</summary>
    /// <param name="source">The file, for messages.</param>
    /// <exception cref="ModelPackException">It is no configuration, or of a network this product cannot build.</exception>
    public static OpenClipConfig Parse(string json, string source)
    {
        try
        {
            var root = JsonNode.Parse(json) as JsonObject ?? throw Unfit(source, "it is not a JSON object");
            var model = root["model_cfg"] as JsonObject ?? root;
            var vision = model["vision_cfg"] as JsonObject ?? throw Unfit(source, "model_cfg.vision_cfg is missing");
            var text = model["text_cfg"] as JsonObject ?? throw Unfit(source, "model_cfg.text_cfg is missing");
            var visionConfig = VisionConfig.Parse(vision, source);
            return new OpenClipConfig(
                Positive(model, "embed_dim", source, null),
                (bool?)model["quick_gelu"] ?? false,
                visionConfig,
                TextConfig.Parse(text, source),
                ParsePreprocess(root["preprocess_cfg"] as JsonObject, visionConfig.ImageSize, source));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw Unfit(source, "it is not the JSON of an open_clip configuration", e);
        }
    }

    private static PreprocessConfig ParsePreprocess(JsonObject? preprocess, int imageSize, string source) => new(
        imageSize,
        ThreeNumbers(preprocess?["mean"], OpenAiMean, source),
        ThreeNumbers(preprocess?["std"], OpenAiStd, source),
        (string?)preprocess?["interpolation"] switch
        {
            null or "bicubic" => Interpolation.Bicubic,
            "bilinear" => Interpolation.Bilinear,
            var other => throw Unfit(source, $"preprocess_cfg.interpolation '{other}' is not bicubic or bilinear"),
        },
        (string?)preprocess?["resize_mode"] switch
        {
            null or "shortest" => ResizeMode.Shortest,
            "longest" => ResizeMode.Longest,
            "squash" => ResizeMode.Squash,
            var other => throw Unfit(source, $"preprocess_cfg.resize_mode '{other}' is not shortest, longest or squash"),
        });

    private static float[] ThreeNumbers(JsonNode? node, float[] otherwise, string source)
    {
        if (node is null) return otherwise;
        var values = node is JsonArray array ? array.Select(value => (float)value!).ToArray() : [(float)node, (float)node, (float)node];
        return values.Length == 3 ? values : throw Unfit(source, "preprocess_cfg.mean and std need three numbers");
    }

    /// <summary>A positive whole number of the configuration.</summary>
    internal static int Positive(JsonObject section, string key, string source, int? otherwise)
    {
        if (section[key] is not { } node)
            return otherwise ?? throw Unfit(source, $"{key} is missing");
        var value = node is JsonArray { Count: 2 } sides && (int)sides[0]! == (int)sides[1]! ? (int)sides[0]! : (int)node;
        return value is > 0 and <= 1_000_000 ? value : throw Unfit(source, $"{key} is {value}");
    }

    /// <summary>Refuses settings that change the network in a way the towers do not know.</summary>
    internal static void Refuse(JsonObject section, string source, params (string Key, string? Allowed)[] settings)
    {
        foreach (var (key, allowed) in settings)
            if (section[key] is { } node && node.ToString() is var value && !string.Equals(value, allowed, StringComparison.OrdinalIgnoreCase))
                throw Unfit(source, $"{key} = {value} asks for an architecture that is not supported");
    }

    internal static ModelPackException Unfit(string source, string why, Exception? inner = null) => new(
        $"{source}: {why}.",
        "Supported are the open_clip models CLIP ViT, CLIP ResNet, PanDerm and their CLIP or BERT text towers; use the open_clip_config.json that belongs to the checkpoint.",
        inner);
}
