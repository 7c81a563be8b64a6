using System.Text;

namespace DermAssistant.DermLip.Tests;

/// <summary>Packs made of the tiny fixtures and of synthetic weights.</summary>
internal static class TinyPacks
{
    public static PackSource Clip(string id = "tiny-clip") => new()
    {
        Id = id,
        Name = "Tiny CLIP",
        Licence = "MIT",
        ConfigJson = File.ReadAllText(FixtureFiles.Path("tiny-clip", "open_clip_config.json")),
        WeightsFile = FixtureFiles.Path("tiny-clip", "open_clip_model.safetensors"),
    };

    public static PackSource PanDerm(string id = "tiny-panderm") => new()
    {
        Id = id,
        Name = "Tiny PanDerm",
        Licence = "MIT",
        ConfigJson = File.ReadAllText(FixtureFiles.Path("tiny-panderm", "open_clip_config.json")),
        BertConfigJson = File.ReadAllText(FixtureFiles.Path("tiny-panderm", "bert_config.json")),
        WeightsFile = FixtureFiles.Path("tiny-panderm", "open_clip_model.safetensors"),
    };

    /// <summary>A ModifiedResNet with a small CLIP text tower and a vocabulary of its own.</summary>
    public static PackSource ResNet(string id = "tiny-resnet", ImageViews views = ImageViews.Single, bool bottlenecks = true)
    {
        var vocabulary = BpeTrainer.Train(["melanoma on the back", "a melanocytic nevus on the back", "nevus on the face"], 530);
        var config = $$$"""
            {"model_cfg":{"embed_dim":16,
              "vision_cfg":{"image_size":64,"layers":[1,2,1,1],"width":8,"head_width":64},
              "text_cfg":{"context_length":24,"vocab_size":{{{vocabulary.Size}}},"width":32,"heads":2,"layers":1}},
             "preprocess_cfg":{"mean":[0.5,0.5,0.5],"std":[0.25,0.25,0.25],"interpolation":"bicubic","resize_mode":"shortest"}}
            """;
        var image = ResNetTower(bottlenecks);
        var text = new ClipTextTower("", 24, vocabulary.Size, 32, 1, 2, 128, 16, false);
        return new PackSource
        {
            Id = id,
            Name = "Tiny ResNet",
            Licence = "MIT",
            ConfigJson = config,
            Weights = Trained(SyntheticWeights.StateDict([.. image.Tensors, .. text.Tensors])),
            TokenizerFiles = new Dictionary<string, byte[]>
            {
                ["vocab.json"] = Encoding.UTF8.GetBytes(vocabulary.VocabularyJson),
                ["merges.txt"] = Encoding.UTF8.GetBytes(vocabulary.MergesText),
            },
            OtherFiles = new Dictionary<string, byte[]> { ["MODEL_CARD.md"] = "# Tiny\n"u8.ToArray() },
            ImageViews = views,
        };
    }

    /// <summary>The image tower of <see cref="ResNet"/>.</summary>
    public static ModifiedResNetTower ResNetTower(bool bottlenecks = true) => new(64, [1, 2, 1, 1], 8, bottlenecks, 64, 16);

    /// <summary>Batch normalisation with scales around one and positive variances, as training leaves it.</summary>
    private static Dictionary<string, WeightTensor> Trained(IReadOnlyDictionary<string, WeightTensor> weights) => weights.ToDictionary(
        pair => pair.Key,
        pair => pair.Key.EndsWith("running_var", StringComparison.Ordinal) || IsBatchNormScale(pair.Key)
            ? pair.Value with { Values = Array.ConvertAll(pair.Value.Values, value => 1 + 3 * value) }
            : pair.Value);

    private static bool IsBatchNormScale(string key) =>
        key.EndsWith(".weight", StringComparison.Ordinal) && (key.Contains(".bn") || key.Contains("downsample.1"));
}
