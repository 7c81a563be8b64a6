namespace DermAssistant.DermLip;

/// <summary><c>text_cfg</c> of an open_clip configuration.</summary>
/// <param name="HuggingFaceModel">The name of a BERT on the hub; null for a CLIP transformer.</param>
internal sealed record TextConfig(
    int ContextLength, int VocabularySize, int Width, int Heads, int Layers, double MlpRatio, string? HuggingFaceModel)
{
    public const int MostTokens = 1 << 13;
    internal const int MostSymbols = 10_000_000;

    public static TextConfig Parse(ConfigSection section)
    {
        section.Refuse(
            ("embed_cls", "false"), ("no_causal_mask", "false"), ("final_ln_after_pool", "false"), ("pool_type", "argmax"),
            ("proj_type", "linear"), ("proj_bias", "false"), ("ls_init_value", null), ("output_tokens", "false"),
            ("hf_pooler_type", "mean_pooler"), ("hf_proj_type", "mlp"), ("act_kwargs", null), ("norm_kwargs", null), ("tokenizer_kwargs", "{}"));
        return new TextConfig(
            section.Whole("context_length", 77, MostTokens),
            section.Whole("vocab_size", 49408, MostSymbols),
            section.Whole("width", 512, VisionConfig.MostWidth),
            section.Whole("heads", 8, VisionConfig.MostWidth),
            section.Whole("layers", 12, VisionConfig.MostLayers),
            section.Number("mlp_ratio", 4, VisionConfig.MostMlpRatio),
            section.Text("hf_model_name"));
    }
}
