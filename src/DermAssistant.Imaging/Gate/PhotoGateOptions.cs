namespace DermAssistant.Imaging;

/// <summary>What the gate lets through.</summary>
public sealed record PhotoGateOptions
{
    /// <summary>Largest file, in bytes.</summary>
    public long MaxBytes { get; init; } = 20_000_000;

    /// <summary>Most pixels; decoding takes four bytes for each.</summary>
    public long MaxPixels { get; init; } = 50_000_000;

    /// <summary>Shortest side, in pixels.</summary>
    public int MinSide { get; init; } = 32;

    /// <summary>Longest side, in pixels.</summary>
    public int MaxSide { get; init; } = 12_000;

    /// <summary>Whether HEIC, AVIF and TIFF are decoded too (through Magick.NET).</summary>
    public bool AllowExtendedFormats { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxBytes, Array.MaxLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPixels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxPixels, Array.MaxLength / 4);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinSide, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSide, MinSide);
    }
}
