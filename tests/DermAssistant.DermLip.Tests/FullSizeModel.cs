namespace DermAssistant.DermLip.Tests;

/// <summary>Full-size models with the synthetic weights of the fixtures.</summary>
internal static class FullSizeModel
{
    private const string Preprocess = """
        "preprocess_cfg":{"mean":[0.48145466,0.4578275,0.40821073],"std":[0.26862954,0.26130258,0.27577711],"interpolation":"bicubic","resize_mode":"shortest"}
        """;

    /// <summary>The sizes of DermLIP_ViT-B-16.</summary>
    public static PackSource ClipVit(bool quickGelu) => Source(
        "full-clip",
        $$$"""{"model_cfg":{"embed_dim":512,"quick_gelu":{{{(quickGelu ? "true" : "false")}}},"vision_cfg":{"image_size":224,"layers":12,"width":768,"patch_size":16},"text_cfg":{"context_length":77,"vocab_size":49408,"width":512,"heads":8,"layers":12}},{{{Preprocess}}}}""",
        new ClipVisionTower(224, 16, 768, 12, 12, 3072, 512, quickGelu),
        new ClipTextTower("", 77, 49408, 512, 12, 8, 2048, 512, quickGelu));

    /// <summary>The sizes of DermLIP_PanDerm-base-w-PubMed-256.</summary>
    public static PackSource PanDerm() => Source(
        "full-panderm",
        $$$"""{"model_cfg":{"embed_dim":512,"vision_cfg":{"image_size":224,"layers":12,"width":768,"patch_size":16,"pretrain_path":null},"text_cfg":{"context_length":256,"hf_model_name":"neuml/pubmedbert-base-embeddings","hf_pooler_type":"mean_pooler"}},{{{Preprocess}}}}""",
        new PanDermTower(224, 16, 768, 12, 12, 3072, 512),
        new BertTower(new BertConfig(30522, 768, 12, 12, 3072, 512, 2, 1e-12f, 0), 256, 512));

    /// <summary>The input "full" of the fixtures.</summary>
    public static float[] Images { get; } = SyntheticWeights.Input("full", 2 * 3 * 224 * 224, 2);

    private static PackSource Source(string id, string config, IImageTower image, ITextTower text) => new()
    {
        Id = id,
        Name = id,
        Licence = "synthetic",
        ConfigJson = config,
        Weights = SyntheticWeights.StateDict([.. image.Tensors, .. text.Tensors]),
    };
}
