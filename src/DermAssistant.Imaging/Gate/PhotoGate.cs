using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using DermAssistant.Imaging.Decoding;
using DermAssistant.Imaging.Formats;
using DermAssistant.Imaging.Gate;

namespace DermAssistant.Imaging;

/// <summary>The only way from uploaded bytes to a photo.</summary>
/// <remarks>
/// Never throws for bad input: the report says why a file was refused and what to do. Safe for concurrent use.
/// The format is told from the content; a name that promises another one is refused. Size and dimensions are checked from the headers
/// before any pixel is decoded. Animated PNG and WebP are refused, since no one frame of them is the photo; of an animated GIF, the
/// usual way to keep a single picture, the first frame is read with a warning.
/// </remarks>
public sealed class PhotoGate
{
    private readonly PhotoGateOptions _options;

    /// <exception cref="ArgumentOutOfRangeException">A limit makes no sense.</exception>
    public PhotoGate(PhotoGateOptions? options = null)
    {
        _options = options ?? new PhotoGateOptions();
        _options.Validate();
    }

    /// <summary>Checks and decodes one upload.</summary>
    /// <param name="fileName">The name given at upload; folders in it are dropped. May be empty.</param>
    public GateResult Admit(ReadOnlyMemory<byte> bytes, string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        var name = FileLabel.Of(fileName);
        return Admit(bytes, name, name);
    }

    /// <summary>Checks and decodes one file; a missing file or a directory is refused with the reason.</summary>
    public GateResult AdmitFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = FileLabel.Of(path);
        if (Directory.Exists(path)) return Refuse(path, Refusal.Folder(name));
        if (!File.Exists(path)) return Refuse(path, Refusal.Missing(FileLabel.Printable(path)));
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
            // Devices and pipes have no length; one byte more than allowed tells that there is too much.
            if (stream.CanSeek && stream.Length > _options.MaxBytes) return Refuse(path, Refusal.TooManyBytes(name, stream.Length, _options.MaxBytes));
            var bytes = ReadAtMost(stream, (int)Math.Min(_options.MaxBytes + 1, Array.MaxLength));
            return Admit(bytes, path, name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return Refuse(path, Refusal.Unreadable(name, e is UnauthorizedAccessException ? "access is denied" : "reading it failed"));
        }
    }

    private GateResult Admit(ReadOnlyMemory<byte> bytes, string file, string name)
    {
        if (bytes.IsEmpty) return Refuse(file, Refusal.Empty(name));
        if (bytes.Length > _options.MaxBytes) return Refuse(file, Refusal.TooManyBytes(name, bytes.Length, _options.MaxBytes));

        var kind = ContentSniffer.Sniff(bytes.Span);
        var found = new GateReport(file, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), kind.Format, null, null, false, null, []);
        var extension = Path.GetExtension(name);
        if (kind.Format is not { } format) return Refuse(found, Refusal.NoPhoto(name, extension, kind));
        var extended = format is PhotoFormat.Heic or PhotoFormat.Avif or PhotoFormat.Tiff;
        if (extended && !_options.AllowExtendedFormats) return Refuse(found, Refusal.NotDecoded(name, extension, kind));
        if (!FileExtension.Fits(extension, format)) return Refuse(found, Refusal.Mislabelled(name, extension, kind, format));

        var header = extended ? ReadExtendedHeader(format, bytes.Span) : ImageFile.ReadHeader(format, bytes.Span);
        if (header is null || header.Width < 1 || header.Height < 1)
            return Refuse(found, Refusal.Broken(name, kind, FileFault.Truncated("ends or breaks inside its header")));
        found = found with { Width = header.Width, Height = header.Height };
        if (FindSizeFault(name, header.Width, header.Height) is { } tooSmallOrLarge) return Refuse(found, tooSmallOrLarge);
        if (ImageFile.FindFault(format, bytes.Span) is { } fault) return Refuse(found, Refusal.Broken(name, kind, fault));

        var outcome = extended ? DecodeExtended(format, bytes.Span) : SkiaDecoder.Decode(bytes, header, _options.MaxPixels);
        if (outcome.Photo is not { } decoded)
            return Refuse(found, Refusal.Broken(name, kind, FileFault.Damaged(outcome.Failure ?? "cannot be decoded")));
        var photo = new Photo(name, found.Sha256!, format, decoded);
        var frames = format == PhotoFormat.Gif ? GifFile.CountFrames(bytes.Span) : 1;
        return new GateResult(found with { Width = photo.Width, Height = photo.Height, Accepted = true, Quality = QualityCheck.Of(photo, frames) }, photo);
    }

    private string? FindSizeFault(string name, int width, int height)
    {
        if (Math.Max(width, height) > _options.MaxSide) return Refusal.TooLong(name, width, height, _options.MaxSide);
        if ((long)width * height > _options.MaxPixels) return Refusal.TooManyPixels(name, width, height, _options.MaxPixels);
        return Math.Min(width, height) < _options.MinSide ? Refusal.TooSmall(name, width, height, _options.MinSide) : null;
    }

    // Not inlined, so that Magick.NET is loaded only where it is used.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ImageHeader? ReadExtendedHeader(PhotoFormat format, ReadOnlySpan<byte> bytes) => MagickDecoder.ReadHeader(format, bytes, _options);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private DecodeOutcome DecodeExtended(PhotoFormat format, ReadOnlySpan<byte> bytes) => MagickDecoder.Decode(format, bytes, _options);

    private static byte[] ReadAtMost(FileStream stream, int limit)
    {
        if (stream.CanSeek && stream.Length > 0)
        {
            var bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
            return bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)) is { Length: var read } && read == bytes.Length
                ? bytes
                : bytes[..read];
        }

        using var buffer = new MemoryStream();
        var part = new byte[81_920];
        while (buffer.Length < limit && stream.Read(part, 0, (int)Math.Min(part.Length, limit - buffer.Length)) is > 0 and var count)
            buffer.Write(part, 0, count);
        return buffer.ToArray();
    }

    private static GateResult Refuse(string file, string reason) =>
        Refuse(new GateReport(file, null, null, null, null, false, null, []), reason);

    private static GateResult Refuse(GateReport found, string reason) => new(found with { Reasons = [reason] }, null);
}
