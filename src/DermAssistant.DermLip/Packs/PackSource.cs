namespace DermAssistant.DermLip;

/// <summary>What a model pack is made from.</summary>
public sealed record PackSource
{
    /// <summary>Lower-case letters, digits, dot, dash and underscore.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Licence { get; init; }

    /// <summary>The content of <c>open_clip_config.json</c>.</summary>
    public required string ConfigJson { get; init; }

    /// <summary>The state dict in memory; or <see cref="WeightsFile"/>.</summary>
    public IReadOnlyDictionary<string, WeightTensor>? Weights { get; init; }

    /// <summary>A checkpoint file: safetensors, or what torch.save writes.</summary>
    public string? WeightsFile { get; init; }

    /// <summary>The content of a BERT's <c>config.json</c>, where the text tower is one and the sizes are not the standard ones.</summary>
    public string? BertConfigJson { get; init; }

    /// <summary>How the file with <see cref="BertConfigJson"/> is called, for messages.</summary>
    internal string BertConfigName { get; init; } = "config.json";

    /// <summary>What <see cref="ConfigJson"/> holds that nobody stated, for a warning; a phrase each.</summary>
    internal IReadOnlyList<string> Guesses { get; init; } = [];

    /// <summary>The tokenizer files by name: <c>vocab.json</c> and <c>merges.txt</c>, or <c>vocab.txt</c>, or <c>tokenizer.json</c>. Empty for none.</summary>
    public IReadOnlyDictionary<string, byte[]> TokenizerFiles { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Further files of the pack by name, such as <c>MODEL_CARD.md</c> and <c>calibration.json</c>.</summary>
    public IReadOnlyDictionary<string, byte[]> OtherFiles { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>How the photo is shown to the image tower.</summary>
    public ImageViews ImageViews { get; init; } = ImageViews.Single;

    /// <summary>Overrides <c>quick_gelu</c> of the configuration.</summary>
    public bool? QuickGelu { get; init; }

    /// <summary>Images for the golden vectors, [n, 3, size, size] normalised; synthetic ones where null.</summary>
    public float[]? GoldenImages { get; init; }

    /// <summary>Texts for the golden vectors.</summary>
    public IReadOnlyList<string> GoldenTexts { get; init; } = ["melanoma", "a dermoscopic image of a melanocytic nevus", "basal cell carcinoma on the nose of a woman"];
}
