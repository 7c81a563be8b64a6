namespace DermAssistant.Imaging.Tests.Drawings;

/// <summary>Drawn pictures for tests; nobody's skin.</summary>
internal static class Drawing
{
    /// <summary>A sharp brown spot with a fine grain on light skin.</summary>
    public static RgbImage Spot(int width = 320, int height = 240)
    {
        var random = new Random(7);
        return Paint(width, height, (x, y) =>
        {
            double dx = (x - width / 2.0) / width, dy = (y - height / 2.0) / height;
            var grain = random.Next(-12, 13);
            return dx * dx + dy * dy < 0.04 ? (120 + grain, 70 + grain, 50 + grain) : (220 + grain, 180 + grain, 160 + grain);
        });
    }

    /// <summary>Red, green, blue and yellow quarters: top left, top right, bottom left, bottom right.</summary>
    public static RgbImage Quarters(int width, int height) => Paint(width, height, (x, y) => (x < width / 2, y < height / 2) switch
    {
        (true, true) => (220, 20, 20),
        (false, true) => (20, 220, 20),
        (true, false) => (20, 20, 220),
        _ => (220, 220, 20),
    });

    public static RgbImage Flat(int width, int height, byte red, byte green, byte blue) => Paint(width, height, (_, _) => (red, green, blue));

    public static RgbImage Noise(int width, int height, int seed)
    {
        var pixels = new byte[width * height * 3];
        new Random(seed).NextBytes(pixels);
        return new RgbImage(width, height, pixels);
    }

    public static RgbImage Map(this RgbImage image, Func<byte, double> change) =>
        image with { Pixels = [.. image.Pixels.Select(p => (byte)Math.Clamp(change(p), 0, 255))] };

    /// <summary>The mean of the (2 * radius + 1) squared neighbours.</summary>
    public static RgbImage Blur(this RgbImage image, int radius) => Paint(image.Width, image.Height, (x, y) =>
    {
        int red = 0, green = 0, blue = 0, count = 0;
        for (var v = Math.Max(0, y - radius); v <= Math.Min(image.Height - 1, y + radius); v++)
            for (var u = Math.Max(0, x - radius); u <= Math.Min(image.Width - 1, x + radius); u++, count++)
            {
                var (r, g, b) = image.At(u, v);
                (red, green, blue) = (red + r, green + g, blue + b);
            }

        return (red / count, green / count, blue / count);
    });

    public static (byte Red, byte Green, byte Blue) At(this RgbImage image, int x, int y)
    {
        var i = (y * image.Width + x) * 3;
        return (image.Pixels[i], image.Pixels[i + 1], image.Pixels[i + 2]);
    }

    private static RgbImage Paint(int width, int height, Func<int, int, (int Red, int Green, int Blue)> colour)
    {
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var (red, green, blue) = colour(x, y);
                var i = (y * width + x) * 3;
                (pixels[i], pixels[i + 1], pixels[i + 2]) = ((byte)red, (byte)green, (byte)blue);
            }

        return new RgbImage(width, height, pixels);
    }
}
