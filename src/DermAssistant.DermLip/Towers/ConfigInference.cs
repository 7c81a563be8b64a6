using System.Text.Json.Nodes;

namespace DermAssistant.DermLip;

/// <summary>Works an open_clip configuration out of the shapes of a bare checkpoint.</summary>
/// <remarks>What the shapes do not say is taken from the published models and told: heads by width, the exact GELU unless the caller
/// overrides it, normalisation and resizing of OpenAI's CLIP. A width no published model has is refused.</remarks>
internal static class ConfigInference
{
    private const int BertContext = 256;

    /// <param name="quickGelu">What the caller says of the activation.</param>
    /// <exception cref="ModelPackException">No tower was recognised, or its heads cannot be told.</exception>
    public static FoundConfig Infer(StateDict weights, bool? quickGelu)
    {
        var guesses = new List<string>();
        var model = new JsonObject
        {
            ["embed_dim"] = EmbedDim(weights),
            ["vision_cfg"] = Vision(weights, guesses),
            ["text_cfg"] = Text(weights, guesses),
        };
        if (quickGelu is null && (HasClipBlocks(weights, "visual.") || HasClipBlocks(weights, "") || HasClipBlocks(weights, "text.")))
            guesses.Add("the exact GELU (OpenAI's models and those trained from them need '--quick-gelu true')");
        guesses.Add("photos prepared as for OpenAI's CLIP");
        return new FoundConfig(new JsonObject { ["model_cfg"] = model }.ToJsonString() + "\n", guesses);
    }

    private static bool HasClipBlocks(StateDict weights, string prefix) => weights.Has($"{prefix}transformer.resblocks.0.ln_1.weight");

    private static int Heads(StateDict weights, List<string> guesses, string tower, int width, int? head)
    {
        if (head is null)
            throw new ModelPackException(
                $"{weights.Source}: the attention heads of {tower} of width {width} cannot be told from its tensors, and no published model has this width.",
                $"Put the {OpenClipConfig.FileName} of the model beside the checkpoint.");
        guesses.Add($"attention heads {head} wide in {tower} of width {width}");
        return head.Value;
    }

    private static int Side(StateDict weights, string key, int axis) =>
        weights[key].Shape is { } shape && axis < shape.Count
            ? shape[axis]
            : throw new ModelPackException(
                $"{weights.Source}: {key} has the shape {StateTensor.Describe(weights[key].Shape)}.", "Put the open_clip_config.json of the model beside the checkpoint.");

    private static int EmbedDim(StateDict weights)
    {
        if (weights.Has("visual.attnpool.c_proj.weight")) return Side(weights, "visual.attnpool.c_proj.weight", 0);
        return weights.Has("visual.head.weight") ? Side(weights, "visual.head.weight", 0) : Side(weights, "visual.proj", 1);
    }

    private static JsonObject Vision(StateDict weights, List<string> guesses)
    {
        if (weights.Has("visual.attnpool.positional_embedding"))
        {
            var layers = Enumerable.Range(1, 4).Select(stage => Count(weights, block => $"visual.layer{stage}.{block}.conv1.weight"));
            var planes = Side(weights, "visual.layer1.0.conv1.weight", 0);
            return new JsonObject
            {
                ["image_size"] = 32 * Root(Side(weights, "visual.attnpool.positional_embedding", 0) - 1),
                ["layers"] = new JsonArray([.. layers.Select(count => (JsonNode)count)]),
                ["width"] = planes,
                ["head_width"] = Heads(weights, guesses, "a ResNet image tower", planes, PublishedHeads.OfResNet(planes)),
            };
        }

        var isPanDerm = weights.Has("visual.patch_embed.proj.weight");
        var kernel = isPanDerm ? "visual.patch_embed.proj.weight" : "visual.conv1.weight";
        var tokens = isPanDerm ? Side(weights, "visual.pos_embed", 1) : Side(weights, "visual.positional_embedding", 0);
        var hidden = isPanDerm ? "visual.blocks.0.mlp.fc1.weight" : "visual.transformer.resblocks.0.mlp.c_fc.weight";
        var (patch, width) = (Side(weights, kernel, 3), Side(weights, kernel, 0));
        return new JsonObject
        {
            ["image_size"] = patch * Root(tokens - 1),
            ["layers"] = Count(weights, layer => isPanDerm ? $"visual.blocks.{layer}.norm1.weight" : $"visual.transformer.resblocks.{layer}.ln_1.weight"),
            ["width"] = width,
            ["patch_size"] = patch,
            ["head_width"] = isPanDerm
                ? Heads(weights, guesses, "a PanDerm image tower", width, PublishedHeads.OfPanDerm(width))
                : Heads(weights, guesses, "an image tower", width, PublishedHeads.OfVision(width)),
            ["mlp_ratio"] = Ratio(Side(weights, hidden, 0), width),
        };
    }

    private static JsonObject Text(StateDict weights, List<string> guesses)
    {
        if (BertRecognition.IsIn(weights))
        {
            guesses.Add($"a mean over up to {BertContext} tokens in the BERT, as in DermLIP");
            return new JsonObject { ["context_length"] = BertContext, ["hf_model_name"] = "bert", ["hf_pooler_type"] = "mean_pooler" };
        }

        var prefix = weights.Has("text.token_embedding.weight") ? "text." : "";
        var width = Side(weights, prefix + "token_embedding.weight", 1);
        return new JsonObject
        {
            ["context_length"] = Side(weights, prefix + "positional_embedding", 0),
            ["vocab_size"] = Side(weights, prefix + "token_embedding.weight", 0),
            ["width"] = width,
            ["heads"] = width / Heads(weights, guesses, "a text tower", width, PublishedHeads.OfText(width)),
            ["layers"] = Count(weights, layer => $"{prefix}transformer.resblocks.{layer}.ln_1.weight"),
            ["mlp_ratio"] = Ratio(Side(weights, prefix + "transformer.resblocks.0.mlp.c_fc.weight", 0), width),
        };
    }

    private static int Count(StateDict weights, Func<int, string> key)
    {
        var count = 0;
        while (weights.Has(key(count))) count++;
        return count;
    }

    /// <summary>The ratio whose product with the width, cut to a whole number, is the hidden width.</summary>
    private static double Ratio(int hidden, int width) => (hidden + 0.5) / width;

    private static int Root(int square) => (int)Math.Round(Math.Sqrt(square));
}
