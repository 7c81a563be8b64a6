using DermAssistant.Imaging;

namespace DermAssistant.Diagnosis.Tests;

/// <summary>Drawn pictures that pass through the real gate.</summary>
internal static class Pictures
{
    private const int Side = 96;

    /// <summary>Skin with one lesion about the middle, as a dermatoscope shows it: the stand-in for photos a pack knows.</summary>
    public static RgbImage Lesion(int seed)
    {
        var random = new Random(seed);
        double red = 205 + random.Next(-25, 26), green = 150 + random.Next(-20, 21), blue = 135 + random.Next(-20, 21);
        double x = 48 + random.Next(-8, 9), y = 48 + random.Next(-8, 9), radius = 14 + random.Next(0, 18), depth = 0.35 + (0.35 * random.NextDouble());
        return Paint((px, py) =>
        {
            var edge = Math.Sqrt(((px - x) * (px - x)) + ((py - y) * (py - y))) - radius - (3 * Math.Sin(Math.Atan2(py - y, px - x) * 5));
            var shade = 1 - (depth / (1 + Math.Exp(edge / 2))) + (0.02 * (random.NextDouble() - 0.5));
            return (red * shade, green * shade * shade, blue * shade * shade);
        });
    }

    public static RgbImage Noise(int seed)
    {
        var random = new Random(seed);
        return Paint((_, _) => (random.Next(256), random.Next(256), random.Next(256)));
    }

    public static RgbImage Blank(byte gray) => Paint((_, _) => (gray, gray, gray));

    public static RgbImage Gradient() => Paint((x, y) => (2.5 * x, 2.5 * y, 120));

    public static RgbImage Checkerboard() => Paint((x, y) => ((x / 12) + (y / 12)) % 2 == 0 ? (0, 0, 0) : (255, 255, 255));

    public static RgbImage Landscape() => Paint((x, y) => y < 45 + (8 * Math.Sin(x / 9.0)) ? (110, 160, 230) : (60, 120 + (x % 7 * 6), 40));

    public static RgbImage Page() => Paint((x, y) => y % 8 < 3 && (x * 7919 / 3 % 5) < 3 ? (20, 20, 20) : (250, 250, 245));

    public static GateResult Admit(RgbImage picture, string name = "photo.png") => new PhotoGate().Admit(picture.EncodePng(), name);

    private static RgbImage Paint(Func<int, int, (double R, double G, double B)> colourAt)
    {
        var pixels = new byte[Side * Side * 3];
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
            {
                var (r, g, b) = colourAt(x, y);
                var i = 3 * ((y * Side) + x);
                pixels[i] = (byte)Math.Clamp(r, 0, 255);
                pixels[i + 1] = (byte)Math.Clamp(g, 0, 255);
                pixels[i + 2] = (byte)Math.Clamp(b, 0, 255);
            }
        return new RgbImage(Side, Side, pixels);
    }
}
