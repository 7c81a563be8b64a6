namespace DermAssistant.DermLip;

/// <summary><c>vision_cfg</c> of an open_clip configuration.</summary>
/// <param name="Layers">One number for a transformer; four for a ResNet.</param>
internal sealed record VisionConfig(int ImageSize, IReadOnlyList<int> Layers, int Width, int PatchSize, int HeadWidth, double MlpRatio)
{
    public const int MostPixels = 1 << 13;

    // Far above every published model, and small enough that no product of two of them overflows.
    internal const int MostLayers = 1000;
    internal const int MostWidth = 1 << 16;
    internal const int MostMlpRatio = 64;

    public static VisionConfig Parse(ConfigSection section)
    {
        section.Refuse(
            ("timm_model_name", null), ("attentional_pool", "false"), ("attn_pooler_queries", null), ("no_ln_pre", "false"),
            ("final_ln_after_pool", "false"), ("pool_type", "tok"), ("pos_embed_type", "learnable"), ("output_tokens", "false"),
            ("ls_init_value", null), ("input_patchnorm", "false"), ("act_kwargs", null), ("norm_kwargs", null));
        var layers = section.Wholes("layers", 12, MostLayers);
        return new VisionConfig(
            section.Side("image_size", 224, MostPixels),
            layers.Length is 1 or 4 ? layers : throw section.Unfit("layers", $"{layers.Length} numbers instead of one or four"),
            section.Whole("width", 768, MostWidth),
            section.Side("patch_size", 16, MostPixels),
            section.Whole("head_width", 64, MostWidth),
            section.Number("mlp_ratio", 4, MostMlpRatio));
    }
}
