using TorchSharp.Utils;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DermAssistant.Training;

/// <summary>An image and a text tower with a learned logit scale; its state dict has open_clip's keys.</summary>
internal sealed class TwoTower : Module
{
    // exp(logit_scale) is kept at 100 or less, as CLIP does.
    private static readonly double MaxLogScale = Math.Log(100);

    // TorchSharp registers fields by itself; the names make the state dict open_clip's and keep tensors from being there twice.
    [ComponentName(Name = "visual")] private readonly ModifiedResNet _visual;
    [ComponentName(Name = "text")] private readonly TextTransformer _text;
    [ComponentName(Name = "logit_scale")] private readonly Parameter _logScale;

    public TwoTower(NetworkShape shape, int imageSize) : base(nameof(TwoTower))
    {
        _visual = new ModifiedResNet(shape.Blocks, shape.Width, shape.ImageHeads, imageSize / 32, shape.Embedding);
        _text = new TextTransformer(shape.Vocabulary, shape.Context, shape.TextWidth, shape.TextHeads, shape.TextLayers, shape.Embedding);
        _logScale = new Parameter(tensor((float)Math.Log(1 / 0.07)));
        RegisterComponents();
    }

    /// <summary>[N, 3, S, S], float32 or bfloat16, to L2-normalised [N, D].</summary>
    public Tensor EncodeImages(Tensor pixels) => functional.normalize(_visual.call(ChannelsLast(pixels)));

    // Convolutions over few channels are up to three times as fast on channels that lie side by side.
    private static Tensor ChannelsLast(Tensor pixels) => pixels.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    /// <summary>[N, L] to L2-normalised [N, D].</summary>
    public Tensor EncodeTexts(Tensor ids) => functional.normalize(_text.call(ids));

    public Tensor Scale() => _logScale.clamp(0, MaxLogScale).exp();

    /// <summary>The tensors by open_clip's key, text tower at the top level.</summary>
    public IReadOnlyDictionary<string, Tensor> OpenClipState() =>
        state_dict().ToDictionary(t => t.Key.StartsWith("text.", StringComparison.Ordinal) ? t.Key["text.".Length..] : t.Key, t => t.Value);
}

/// <summary>The size of both towers, as in an open_clip configuration.</summary>
public sealed record NetworkShape
{
    public int Embedding { get; init; } = 128;
    public IReadOnlyList<int> Blocks { get; init; } = [2, 2, 2, 2];
    public int Width { get; init; } = 32;
    public int TextWidth { get; init; } = 128;
    public int TextHeads { get; init; } = 4;
    public int TextLayers { get; init; } = 2;
    public int Context { get; init; } = 48;
    public int Vocabulary { get; init; } = 768;

    /// <summary>Heads of 64 channels, open_clip's head_width, over the eight times width of the last stage.</summary>
    public int ImageHeads => Width * 8 / 64;
}
