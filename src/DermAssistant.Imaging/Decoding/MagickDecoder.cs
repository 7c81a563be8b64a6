using DermAssistant.Imaging.Formats;
using ImageMagick;
using SkiaSharp;

namespace DermAssistant.Imaging.Decoding;

/// <summary>Decodes HEIC, AVIF and TIFF with Magick.NET; only touched where <see cref="PhotoGateOptions.AllowExtendedFormats"/> is set.</summary>
/// <remarks>
/// Kept apart so that its large native library is not even loaded otherwise: the version available here is old, and old decoders are
/// what malicious pictures aim at. The reference cannot open HEIC and AVIF, so these samples have no reference to equal.
/// </remarks>
internal static class MagickDecoder
{
    private const ulong LargestNamedSide = 1_000_000;

    private static readonly Lock Configuring = new();

    /// <summary>Reads the header alone.</summary>
    public static ImageHeader? ReadHeader(PhotoFormat format, ReadOnlySpan<byte> file, PhotoGateOptions options)
    {
        Limit(options);
        try
        {
            using var image = new MagickImage();
            image.Ping(file, Settings(format));
            return new ImageHeader((int)image.Width, (int)image.Height, PixelMode.Rgb);
        }
        catch (MagickException)
        {
            return null;
        }
    }

    /// <summary>Decodes the first picture of the file at full size.</summary>
    public static DecodeOutcome Decode(PhotoFormat format, ReadOnlySpan<byte> file, PhotoGateOptions options)
    {
        Limit(options);
        try
        {
            using var image = new MagickImage();
            var corrupt = false;
            image.Warning += (_, e) => corrupt |= e.Exception is MagickCorruptImageWarningException;
            image.Read(file, Settings(format));
            if (corrupt) return DecodeOutcome.Failed("holds data that contradict its format, or is cut off");
            return DecodeOutcome.Of(Convert(format, image));
        }
        catch (MagickException)
        {
            return DecodeOutcome.Failed("holds data that contradict its format, or is cut off");
        }
    }

    private static DecodedPhoto Convert(PhotoFormat format, MagickImage image)
    {
        var profile = image.ColorSpace == ColorSpace.CMYK ? null : image.GetColorProfile()?.ToByteArray();
        if (image.ColorSpace is not (ColorSpace.sRGB or ColorSpace.Gray)) image.ColorSpace = ColorSpace.sRGB;
        var mode = image.ColorType switch
        {
            ColorType.Bilevel or ColorType.Palette or ColorType.PaletteAlpha when format == PhotoFormat.Tiff => PixelMode.Indexed,
            _ when image.HasAlpha => PixelMode.Rgba,
            _ => PixelMode.Rgb,
        };
        using var pixels = image.GetPixelsUnsafe();
        var samples = pixels.ToByteArray(PixelMapping.RGBA)
            ?? throw new MagickCorruptImageErrorException("no pixels");
        var raster = new Raster((int)image.Width, (int)image.Height, mode, samples, PadColour: 0);
        // HEIF files turn themselves by their own properties, which the decoder has applied; EXIF there is a note only (ISO/IEC 23008-12).
        var orientation = format == PhotoFormat.Tiff && image.Orientation != ImageMagick.Orientation.Undefined ? (int)image.Orientation : 1;
        var colours = profile is null ? null : SKColorSpace.CreateIcc(profile);
        return new DecodedPhoto(raster, orientation, colours is { IsSrgb: false } ? colours : null);
    }

    private static MagickReadSettings Settings(PhotoFormat format) => new()
    {
        Format = format switch
        {
            PhotoFormat.Heic => MagickFormat.Heic,
            PhotoFormat.Avif => MagickFormat.Avif,
            PhotoFormat.Tiff => MagickFormat.Tiff,
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
        },
        FrameIndex = 0,
        FrameCount = 1,
    };

    /// <summary>Magick.NET's limits belong to the process; the widest gate of the process sets them.</summary>
    private static void Limit(PhotoGateOptions options)
    {
        lock (Configuring)
        {
            // The gate compares sides before it decodes; these only have to let the header through so that it can name them.
            ResourceLimits.Width = LargestNamedSide;
            ResourceLimits.Height = LargestNamedSide;
            ResourceLimits.Area = (ulong)options.MaxPixels;
            ResourceLimits.Memory = (ulong)options.MaxPixels * 16;
            ResourceLimits.Disk = 0;
            ResourceLimits.ListLength = 16;
        }
    }
}
