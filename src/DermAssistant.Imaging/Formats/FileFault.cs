namespace DermAssistant.Imaging.Formats;

/// <summary>Why an image file cannot be used although its header reads well.</summary>
internal enum FaultKind
{
    Truncated,
    Damaged,
    Animated,
    Unsupported,
}

/// <summary>A fault found without decoding.</summary>
/// <param name="Detail">Half a sentence that continues "the file", for people.</param>
internal sealed record FileFault(FaultKind Kind, string Detail)
{
    public static FileFault Truncated(string detail) => new(FaultKind.Truncated, detail);

    public static FileFault Damaged(string detail) => new(FaultKind.Damaged, detail);

    public static FileFault Animated(string detail) => new(FaultKind.Animated, detail);

    public static FileFault Unsupported(string detail) => new(FaultKind.Unsupported, detail);
}
