using SkiaSharp;

namespace DermAssistant.Imaging;

/// <summary>8-bit RGB pixels, row-major, three bytes a pixel, upright as people see them.</summary>
/// <param name="Pixels">Width * height * 3 bytes.</param>
public sealed record RgbImage(int Width, int Height, byte[] Pixels)
{
    /// <summary>An 8-bit RGB PNG without metadata; the same pixels give the same bytes.</summary>
    /// <exception cref="InvalidOperationException">The pixels do not fill the size.</exception>
    public byte[] EncodePng() => Encode(static (pixels, stream) =>
        pixels.Encode(stream, new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, zLibLevel: 6)));

    /// <summary>A JPEG without metadata; the same pixels give the same bytes.</summary>
    /// <param name="quality">1 (small) to 100 (fine).</param>
    /// <exception cref="InvalidOperationException">The pixels do not fill the size.</exception>
    public byte[] EncodeJpeg(int quality = 90)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        return Encode((pixels, stream) =>
            pixels.Encode(stream, new SKJpegEncoderOptions(quality, SKJpegEncoderDownsample.Downsample444, SKJpegEncoderAlphaOption.Ignore)));
    }

    private unsafe byte[] Encode(Func<SKPixmap, Stream, bool> encode)
    {
        if (Width < 1 || Height < 1 || Pixels.Length != (long)Width * Height * 3)
            throw new InvalidOperationException($"{Pixels.Length} bytes are no RGB picture of {Width} x {Height} pixels.");
        // Skia's encoders take no three-byte pixels. Without a colour space they write no colour profile either.
        var opaque = GC.AllocateUninitializedArray<byte>(Width * Height * 4);
        for (int i = 0, o = 0; i < Pixels.Length; i += 3, o += 4)
        {
            opaque[o] = Pixels[i];
            opaque[o + 1] = Pixels[i + 1];
            opaque[o + 2] = Pixels[i + 2];
            opaque[o + 3] = 255;
        }

        using var stream = new MemoryStream();
        fixed (byte* start = opaque)
        {
            using var pixmap = new SKPixmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque, null), (nint)start);
            if (!encode(pixmap, stream))
                throw new InvalidOperationException($"A picture of {Width} x {Height} pixels cannot be encoded.");
        }

        return stream.ToArray();
    }
}
