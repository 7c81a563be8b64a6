using System.Text.Json.Nodes;

namespace DermAssistant.DermLip;

/// <summary><c>text_cfg</c> of an open_clip configuration.</summary>
/// <param name="HuggingFaceModel">The name of a BERT on the hub; null for a CLIP transformer.</param>
internal sealed record TextConfig(
    int ContextLength, int VocabularySize, int Width, int Heads, int Layers, double MlpRatio, string? HuggingFaceModel, string? HuggingFaceTokenizer)
{
    public static TextConfig Parse(JsonObject section, string source)
    {
        OpenClipConfig.Refuse(
            section, source,
            ("embed_cls", "false"), ("no_causal_mask", "false"), ("final_ln_after_pool", "false"), ("pool_type", "argmax"),
            ("proj_type", "linear"), ("proj_bias", "false"), ("ls_init_value", null), ("output_tokens", "false"),
            ("hf_pooler_type", "mean_pooler"), ("hf_proj_type", "mlp"), ("act_kwargs", null), ("norm_kwargs", null));
        return new TextConfig(
            OpenClipConfig.Positive(section, "context_length", source, 77),
            OpenClipConfig.Positive(section, "vocab_size", source, 49408),
            OpenClipConfig.Positive(section, "width", source, 512),
            OpenClipConfig.Positive(section, "heads", source, 8),
            OpenClipConfig.Positive(section, "layers", source, 12),
            (double?)section["mlp_ratio"] ?? 4.0,
            (string?)section["hf_model_name"],
            (string?)section["hf_tokenizer_name"]);
    }
}
