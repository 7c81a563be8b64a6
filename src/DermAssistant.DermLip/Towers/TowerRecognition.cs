namespace DermAssistant.DermLip;

/// <summary>Finds the towers of a checkpoint.</summary>
internal static class TowerRecognition
{
    private static readonly string[] Tolerated = ["logit_scale", "logit_bias"];

    /// <summary>Finds the towers and checks every tensor of the checkpoint against them.</summary>
    /// <param name="quickGelu">Overrides the configuration's <c>quick_gelu</c>.</param>
    /// <param name="bert">The configuration of a BERT, where the folder holds one.</param>
    /// <exception cref="ModelPackException">A tensor is missing, extra or of another shape; all are named.</exception>
    public static TowerPair Recognise(StateDict weights, OpenClipConfig config, bool? quickGelu, BertConfig? bert)
    {
        var quick = quickGelu ?? config.QuickGelu;
        var image = ImageTower(weights, config, quick);
        var text = TextTower(weights, config, quick, bert);
        Check(weights, [.. image.Tensors, .. text.Tensors]);
        var scale = weights.TryGet("logit_scale", out var tensor) && tensor.Count == 1 ? Math.Exp(tensor.Read()[0]) : 100.0;
        return new TowerPair(image, text, scale, quick);
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
        if (weights.Has("text.transformer.embeddings.word_embeddings.weight"))
            return new BertTower(bert ?? BertConfig.Standard(weights), text.ContextLength, config.EmbedDim);
        foreach (var prefix in new[] { "", "text." })
        {
            if (!weights.Has(prefix + "token_embedding.weight")) continue;
            RequireDivisible(weights, text.Width, text.Heads, "text_cfg.width", "text_cfg.heads");
            return new ClipTextTower(
                prefix, text.ContextLength, text.VocabularySize, text.Width, text.Layers, text.Heads, (int)(text.Width * text.MlpRatio), config.EmbedDim, quick);
        }

        throw new ModelPackException(
            $"{weights.Source}: no text tower was recognised; there is no token_embedding.weight or text.transformer.embeddings.word_embeddings.weight.",
            "Give the checkpoint of a whole CLIP model, not of a part or of another network.");
    }

    private static void Check(StateDict weights, List<ExpectedTensor> expected)
    {
        var missing = new List<string>();
        var misshaped = new List<string>();
        var known = new HashSet<string>(Tolerated, StringComparer.Ordinal);
        foreach (var tensor in expected)
        {
            known.Add(tensor.Key);
            if (!weights.TryGet(tensor.Key, out var found))
                missing.Add(tensor.Key);
            else if (!found.Shape.SequenceEqual(tensor.Shape))
                misshaped.Add($"{tensor.Key} is {StateTensor.Describe(found.Shape)} instead of {StateTensor.Describe(tensor.Shape)}");
        }

        var extra = weights.Keys.Where(key => !known.Contains(key) && !IsBuffer(key)).Order(StringComparer.Ordinal).ToList();
        var faults = new[] { List("missing", missing), List("extra", extra), List("of the wrong shape", misshaped) }.OfType<string>().ToList();
        if (faults.Count > 0)
            throw new ModelPackException(
                $"{weights.Source} does not fit its configuration: {string.Join("; ", faults)}.",
                "Use the open_clip_config.json and the weights of the same model; nothing is loaded in part.");
    }

    /// <summary>Buffers that PyTorch stores beside the weights and that decide nothing.</summary>
    private static bool IsBuffer(string key) =>
        key.EndsWith(".num_batches_tracked", StringComparison.Ordinal) || key.EndsWith("embeddings.position_ids", StringComparison.Ordinal)
        || key.EndsWith("attn_mask", StringComparison.Ordinal);

    private static string? List(string what, List<string> names)
    {
        const int Shown = 8;
        if (names.Count == 0) return null;
        var more = names.Count > Shown ? $" and {names.Count - Shown} more" : "";
        return $"{names.Count} {what}: {string.Join(", ", names.Take(Shown))}{more}";
    }

    private static void RequireDivisible(StateDict weights, int value, int divisor, string valueName, string divisorName)
    {
        if (value % divisor != 0)
            throw new ModelPackException(
                $"{weights.Source}: {valueName} ({value}) is not a multiple of {divisorName} ({divisor}).",
                "Use the open_clip_config.json that belongs to the checkpoint.");
    }

    private static ModelPackException WrongArchitecture(StateDict weights, string found, string configured) => new(
        $"{weights.Source} holds {found}, but {configured}.",
        "Use the open_clip_config.json that belongs to the checkpoint.");
}
