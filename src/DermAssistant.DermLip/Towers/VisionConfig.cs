using System.Text.Json.Nodes;

namespace DermAssistant.DermLip;

/// <summary><c>vision_cfg</c> of an open_clip configuration.</summary>
/// <param name="Layers">One number for a transformer; four for a ResNet.</param>
internal sealed record VisionConfig(int ImageSize, IReadOnlyList<int> Layers, int Width, int PatchSize, int HeadWidth, double MlpRatio)
{
    public static VisionConfig Parse(JsonObject section, string source)
    {
        OpenClipConfig.Refuse(
            section, source,
            ("timm_model_name", null), ("attentional_pool", "false"), ("attn_pooler_queries", null), ("no_ln_pre", "false"),
            ("final_ln_after_pool", "false"), ("pool_type", "tok"), ("pos_embed_type", "learnable"), ("output_tokens", "false"),
            ("ls_init_value", null), ("input_patchnorm", "false"), ("act_kwargs", null), ("norm_kwargs", null));
        var layers = section["layers"] is JsonArray array ? array.Select(layer => (int)layer!).ToArray() : [OpenClipConfig.Positive(section, "layers", source, 12)];
        if (layers.Length is not (1 or 4) || layers.Any(layer => layer is < 1 or > 1000))
            throw OpenClipConfig.Unfit(source, "vision_cfg.layers must be one number or four");
        return new VisionConfig(
            OpenClipConfig.Positive(section, "image_size", source, 224),
            layers,
            OpenClipConfig.Positive(section, "width", source, 768),
            section["patch_size"] is null ? 16 : OpenClipConfig.Positive(section, "patch_size", source, 16),
            OpenClipConfig.Positive(section, "head_width", source, 64),
            (double?)section["mlp_ratio"] ?? 4.0);
    }
}
