using System.Text.Json;
using System.Text.Json.Nodes;

namespace DermAssistant.DermLip;

/// <summary>The configuration of a BERT encoder.</summary>
internal sealed record BertConfig(
    int VocabularySize, int Width, int Layers, int Heads, int Hidden, int Positions, int TokenTypes, float Epsilon, int PadId)
{
    private const int StandardHead = 64;

    /// <summary>Names a BERT's configuration may have in a folder, the first that exists counts.</summary>
    public static readonly string[] FileNames = ["bert_config.json", "config.json"];

    /// <summary>BERT-base with the sizes that can be seen in the tensors; heads of 64.</summary>
    /// <exception cref="ModelPackException">The width is no multiple of 64, so it is no standard BERT.</exception>
    public static BertConfig Standard(StateDict weights)
    {
        const string Prefix = "text.transformer.";
        int Side(string key, int axis) => weights.TryGet(Prefix + key, out var tensor) && tensor.Shape.Count > axis ? tensor.Shape[axis] : 0;
        var layers = 0;
        while (weights.Has($"{Prefix}encoder.layer.{layers}.attention.self.query.weight")) layers++;
        var width = Side("embeddings.word_embeddings.weight", 1);
        if (width == 0 || width % StandardHead != 0)
            throw new ModelPackException(
                $"{weights.Source}: the number of heads of a BERT of width {width} cannot be told from its tensors.", "Put the BERT's config.json into the folder.");
        return new BertConfig(
            Side("embeddings.word_embeddings.weight", 0), width, layers, width / StandardHead,
            Side("encoder.layer.0.intermediate.dense.weight", 0), Side("embeddings.position_embeddings.weight", 0),
            Side("embeddings.token_type_embeddings.weight", 0), 1e-12f, 0);
    }

    /// <summary>Reads the configuration of a BERT; null when the file is of something else.</summary>
    public static BertConfig? Parse(string json, string source)
    {
        try
        {
            if (JsonNode.Parse(json) is not JsonObject root || (string?)root["model_type"] is not (null or "bert") || root["hidden_size"] is null)
                return null;
            OpenClipConfig.Refuse(root, source, ("hidden_act", "gelu"), ("position_embedding_type", "absolute"));
            int Read(string key, int otherwise) => OpenClipConfig.Positive(root, key, source, otherwise);
            return new BertConfig(
                Read("vocab_size", 30522), Read("hidden_size", 768), Read("num_hidden_layers", 12), Read("num_attention_heads", 12),
                Read("intermediate_size", 3072), Read("max_position_embeddings", 512), Read("type_vocab_size", 2),
                (float?)root["layer_norm_eps"] ?? 1e-12f, (int?)root["pad_token_id"] ?? 0);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw OpenClipConfig.Unfit(source, "it is not the JSON of a BERT configuration", e);
        }
    }
}
