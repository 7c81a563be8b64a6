namespace DermAssistant.DermLip;

/// <summary>Finds the towers of a checkpoint.</summary>
internal static class TowerRecognition
{
    /// <summary>Finds the towers and checks every tensor of the checkpoint against them.</summary>
    /// <param name="quickGelu">Overrides the configuration's <c>quick_gelu</c>.</param>
    /// <param name="bert">The configuration of a BERT, where the folder holds one.</param>
    /// <exception cref="ModelPackException">A tensor is missing, extra or of another shape; all are named.</exception>
    public static TowerPair Recognise(StateDict weights, OpenClipConfig config, bool? quickGelu, BertConfig? bert)
    {
        var quick = quickGelu ?? config.QuickGelu;
        var image = ImageTower(weights, config, quick);
        var text = TextTower(weights, config, quick, bert);
        TensorCheck.Require(weights, [.. image.Tensors, .. text.Tensors]);
        return new TowerPair(image, text, LogitScale.Read(weights), quick, BertRecognition.Guesses(weights, config.Text, bert));
    }

    private static IImageTower ImageTower(StateDict weights, OpenClipConfig config, bool quick)
    {
        var vision = config.Vision;
        if (weights.Has("visual.layer1.0.conv1.weight") || weights.Has("visual.attnpool.positional_embedding"))
        {
            if (vision.Layers.Count != 4)
                throw WrongArchitecture(weights, "a CLIP ResNet image tower", "vision_cfg.layers names one number instead of four");
            var bottlenecks = weights.Has("visual.layer1.0.conv3.weight");
            RequireDivisible(
                weights, ModifiedResNetTower.FeatureCount(vision.Width, bottlenecks), vision.HeadWidth, $"vision_cfg.width * {(bottlenecks ? 32 : 8)}", "vision_cfg.head_width");
            return new ModifiedResNetTower(vision.ImageSize, vision.Layers, vision.Width, bottlenecks, vision.HeadWidth, config.EmbedDim);
        }

        if (vision.Layers.Count != 1)
            throw WrongArchitecture(weights, "no CLIP ResNet image tower", "vision_cfg.layers names four numbers, as for a ResNet");
        RequireDivisible(weights, vision.Width, vision.HeadWidth, "vision_cfg.width", "vision_cfg.head_width");
        RequireDivisible(weights, vision.ImageSize, vision.PatchSize, "vision_cfg.image_size", "vision_cfg.patch_size");
        var hidden = (int)(vision.Width * vision.MlpRatio);
        if (weights.Has("visual.patch_embed.proj.weight"))
            return new PanDermTower(vision.ImageSize, vision.PatchSize, vision.Width, vision.Layers[0], vision.Width / vision.HeadWidth, hidden, config.EmbedDim);
        if (weights.Has("visual.class_embedding") || weights.Has("visual.conv1.weight"))
            return new ClipVisionTower(
                vision.ImageSize, vision.PatchSize, vision.Width, vision.Layers[0], vision.Width / vision.HeadWidth, hidden, config.EmbedDim, quick);
        throw new ModelPackException(
            $"{weights.Source}: no image tower was recognised; there is no visual.conv1.weight, visual.patch_embed.proj.weight or visual.attnpool.positional_embedding.",
            "Give the checkpoint of a whole CLIP model, not of a part or of another network.");
    }

    private static ITextTower TextTower(StateDict weights, OpenClipConfig config, bool quick, BertConfig? bert)
    {
        var text = config.Text;
        if (BertRecognition.IsIn(weights)) return BertRecognition.Tower(weights, text, config.EmbedDim, bert);
        foreach (var prefix in new[] { "", "text." })
        {
            if (!weights.Has(prefix + "token_embedding.weight")) continue;
            if (text.HuggingFaceModel is { } name) throw WrongArchitecture(weights, "a CLIP text tower", $"text_cfg.hf_model_name is {name}, as for a BERT");
            RequireDivisible(weights, text.Width, text.Heads, "text_cfg.width", "text_cfg.heads");
            return new ClipTextTower(
                prefix, text.ContextLength, text.VocabularySize, text.Width, text.Layers, text.Heads, (int)(text.Width * text.MlpRatio), config.EmbedDim, quick);
        }

        throw new ModelPackException(
            $"{weights.Source}: no text tower was recognised; there is no token_embedding.weight or text.transformer.embeddings.word_embeddings.weight.",
            "Give the checkpoint of a whole CLIP model, not of a part or of another network.");
    }

    private static void RequireDivisible(StateDict weights, int value, int divisor, string valueName, string divisorName)
    {
        if (value % divisor != 0)
            throw new ModelPackException(
                $"{weights.Source}: {valueName} ({value}) is not a multiple of {divisorName} ({divisor}).",
                "Use the open_clip_config.json that belongs to the checkpoint.");
    }

    internal static ModelPackException WrongArchitecture(StateDict weights, string found, string configured) => new(
        $"{weights.Source} holds {found}, but {configured}.",
        "Use the open_clip_config.json that belongs to the checkpoint.");
}
