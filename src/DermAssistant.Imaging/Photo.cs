namespace DermAssistant.Imaging;

/// <summary>An uploaded image after the gate: decoded, sRGB, metadata dropped.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed class Photo
{
    /// <summary>The file name given at upload, without folders.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the uploaded bytes, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public required PhotoFormat Format { get; init; }

    /// <summary>Width in pixels, upright.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels, upright.</summary>
    public required int Height { get; init; }

    /// <summary>The photo as people see it, shrunk so that the longer side is at most <paramref name="maxSide"/>.</summary>
    public RgbImage ToRgb(int maxSide = int.MaxValue) => throw new NotImplementedException();
}
