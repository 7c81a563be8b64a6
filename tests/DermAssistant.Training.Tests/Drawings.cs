using DermAssistant.Imaging;
using SkiaSharp;

namespace DermAssistant.Tests;

/// <summary>Pictures for tests.</summary>
internal static class Drawings
{
    public static RgbImage Plain(int size, (byte R, byte G, byte B) colour) => Disc(size, colour, colour);

    public static RgbImage Disc(int size, (byte R, byte G, byte B) colour, (byte R, byte G, byte B)? ground = null)
    {
        var pixels = new byte[size * size * 3];
        var back = ground ?? ((byte)220, (byte)180, (byte)160);
        for (var i = 0; i < size * size; i++)
        {
            var (x, y) = (i % size - size / 2.0, i / size - size / 2.0);
            var (r, g, b) = Math.Sqrt(x * x + y * y) < size / 3.0 ? colour : back;
            (pixels[i * 3], pixels[i * 3 + 1], pixels[i * 3 + 2]) = (r, g, b);
        }

        return new RgbImage(size, size, pixels);
    }

    public static void SavePng(RgbImage image, string path)
    {
        using var bitmap = new SKBitmap(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (var i = 0; i < image.Width * image.Height; i++)
            bitmap.SetPixel(i % image.Width, i / image.Width, new SKColor(image.Pixels[i * 3], image.Pixels[i * 3 + 1], image.Pixels[i * 3 + 2]));
        using var file = File.Create(path);
        bitmap.Encode(file, SKEncodedImageFormat.Png, 100);
    }
}
