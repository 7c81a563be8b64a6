using DermAssistant.Imaging;
using SkiaSharp;

namespace DermAssistant.Cli;

/// <summary>Writes pixels as 8-bit RGB PNG.</summary>
internal static class PngFile
{
    public static void Write(RgbImage image, Stream stream)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var rgba = bitmap.GetPixelSpan();
        for (var pixel = 0; pixel < image.Width * image.Height; pixel++)
        {
            image.Pixels.AsSpan(pixel * 3, 3).CopyTo(rgba[(pixel * 4)..]);
            rgba[pixel * 4 + 3] = byte.MaxValue;
        }
        if (!bitmap.Encode(stream, SKEncodedImageFormat.Png, 100)) throw new IOException("the PNG could not be encoded");
    }
}
