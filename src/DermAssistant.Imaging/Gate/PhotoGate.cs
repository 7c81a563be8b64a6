namespace DermAssistant.Imaging;

/// <summary>What the gate lets through.</summary>
public sealed record PhotoGateOptions
{
    public long MaxBytes { get; init; } = 20_000_000;
    public long MaxPixels { get; init; } = 50_000_000;
    public int MinSide { get; init; } = 32;
    public int MaxSide { get; init; } = 12_000;

    /// <summary>Whether HEIC, AVIF and TIFF are decoded too (through Magick.NET).</summary>
    public bool AllowExtendedFormats { get; init; }
}

/// <summary>The only way from uploaded bytes to a photo.</summary>
/// <remarks>Never throws for bad input: the report says why a file was refused and what to do.</remarks>
public sealed class PhotoGate(PhotoGateOptions? options = null)
{
    private readonly PhotoGateOptions _options = options ?? new PhotoGateOptions();

    /// <summary>Checks and decodes one upload.</summary>
    public GateResult Admit(ReadOnlyMemory<byte> bytes, string fileName) => throw new NotImplementedException(_options.ToString() + bytes.Length + fileName);

    /// <summary>Checks and decodes one file; a missing file or a directory is refused with the reason.</summary>
    public GateResult AdmitFile(string path) => throw new NotImplementedException(_options.ToString() + path);
}
