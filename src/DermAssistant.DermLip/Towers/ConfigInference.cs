using System.Text.Json.Nodes;

namespace DermAssistant.DermLip;

/// <summary>Works an open_clip configuration out of the shapes of a bare checkpoint.</summary>
/// <remarks>Heads of 64, as in every published CLIP; normalisation and resizing of OpenAI's CLIP. The activation cannot be seen in
/// the tensors: it is the exact GELU unless the caller overrides it.</remarks>
internal static class ConfigInference
{
    private const int HeadWidth = 64;

    /// <exception cref="ModelPackException">No tower was recognised.</exception>
    public static string Infer(StateDict weights)
    {
        var model = new JsonObject
        {
            ["embed_dim"] = EmbedDim(weights),
            ["vision_cfg"] = Vision(weights),
            ["text_cfg"] = Text(weights),
        };
        return new JsonObject { ["model_cfg"] = model }.ToJsonString() + "\n";
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

    private static JsonObject Vision(StateDict weights)
    {
        if (weights.Has("visual.attnpool.positional_embedding"))
        {
            var layers = Enumerable.Range(1, 4).Select(stage => Count(weights, block => $"visual.layer{stage}.{block}.conv1.weight"));
            return new JsonObject
            {
                ["image_size"] = 32 * Root(Side(weights, "visual.attnpool.positional_embedding", 0) - 1),
                ["layers"] = new JsonArray([.. layers.Select(count => (JsonNode)count)]),
                ["width"] = Side(weights, "visual.layer1.0.conv1.weight", 0),
                ["head_width"] = HeadWidth,
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
            ["head_width"] = Math.Min(HeadWidth, width),
            ["mlp_ratio"] = Side(weights, hidden, 0) / (double)width,
        };
    }

    private static JsonObject Text(StateDict weights)
    {
        if (weights.Has("text.transformer.embeddings.word_embeddings.weight"))
            return new JsonObject { ["context_length"] = 256, ["hf_model_name"] = "bert", ["hf_pooler_type"] = "mean_pooler" };
        var prefix = weights.Has("text.token_embedding.weight") ? "text." : "";
        var width = Side(weights, prefix + "token_embedding.weight", 1);
        return new JsonObject
        {
            ["context_length"] = Side(weights, prefix + "positional_embedding", 0),
            ["vocab_size"] = Side(weights, prefix + "token_embedding.weight", 0),
            ["width"] = width,
            ["heads"] = Math.Max(1, width / HeadWidth),
            ["layers"] = Count(weights, layer => $"{prefix}transformer.resblocks.{layer}.ln_1.weight"),
            ["mlp_ratio"] = Side(weights, prefix + "transformer.resblocks.0.mlp.c_fc.weight", 0) / (double)width,
        };
    }

    private static int Count(StateDict weights, Func<int, string> key)
    {
        var count = 0;
        while (weights.Has(key(count))) count++;
        return count;
    }

    private static int Root(int square) => (int)Math.Round(Math.Sqrt(square));
}
