namespace DermAssistant.DermLip;

/// <summary>How wide the attention heads of the published models are; the tensors do not tell.</summary>
/// <remarks>From the model configurations of open_clip: S, M, B, B-plus, L, H, g, G (bigG) and e of the vision transformers, their text
/// transformers, and the ResNets RN50 to RN50x64.</remarks>
internal static class PublishedHeads
{
    private const int Usual = 64;

    private static readonly Dictionary<int, int> Vision = new()
    {
        [384] = Usual, [512] = Usual, [768] = Usual, [896] = Usual, [1024] = Usual, [1280] = 80, [1408] = 88, [1664] = 104, [1792] = 112,
    };

    private static readonly int[] Text = [256, 384, 512, 640, 768, 1024, 1280];

    private static readonly int[] PanDerm = [768, 1024];

    private static readonly int[] ResNet = [64, 80, 96, 128];

    /// <summary>Of a vision transformer of CLIP, or null where no published model has this width.</summary>
    public static int? OfVision(int width) => Vision.TryGetValue(width, out var head) ? head : null;

    /// <summary>Of a text transformer of CLIP, or null where no published model has this width.</summary>
    public static int? OfText(int width) => Text.Contains(width) ? Usual : null;

    /// <summary>Of PanDerm base and large, or null.</summary>
    public static int? OfPanDerm(int width) => PanDerm.Contains(width) ? Usual : null;

    /// <summary>Of the attention pool of a CLIP ResNet, by the width of its first stage, or null.</summary>
    public static int? OfResNet(int width) => ResNet.Contains(width) ? Usual : null;
}
