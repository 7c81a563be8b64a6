using System.Buffers;
using SkiaSharp;

namespace DermAssistant.Imaging;

/// <summary>Converts pixels with an embedded colour profile to sRGB, for people.</summary>
internal static class SrgbConverter
{
    private static readonly SKColorSpace Srgb = SKColorSpace.CreateSrgb();

    /// <summary>Converts red, green and blue bytes in place.</summary>
    public static unsafe void Convert(Span<byte> rgb, SKColorSpace from)
    {
        var count = rgb.Length / 3;
        var pixels = ArrayPool<byte>.Shared.Rent(count * 4);
        for (int i = 0, o = 0; i < rgb.Length; i += 3, o += 4)
        {
            rgb.Slice(i, 3).CopyTo(pixels.AsSpan(o));
            pixels[o + 3] = 255;
        }

        fixed (byte* start = pixels)
        {
            using var source = new SKPixmap(new SKImageInfo(count, 1, SKColorType.Rgba8888, SKAlphaType.Opaque, from), (nint)start);
            source.ReadPixels(new SKImageInfo(count, 1, SKColorType.Rgba8888, SKAlphaType.Opaque, Srgb), (nint)start, count * 4);
        }

        for (int i = 0, o = 0; i < rgb.Length; i += 3, o += 4)
            pixels.AsSpan(o, 3).CopyTo(rgb[i..]);
        ArrayPool<byte>.Shared.Return(pixels);
    }
}
