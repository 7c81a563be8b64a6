using DermAssistant.Imaging;

namespace DermAssistant.Diagnosis;

/// <summary>What other dermatoscopes and cameras would have made of a photo: other white balance, exposure, colour strength and magnification.</summary>
/// <remarks>Without them, statistics of photos from a few clinics would take the cameras of those clinics for the kind of photo.</remarks>
internal static class PhotoVariants
{
    private static readonly (double Red, double Green, double Blue, double Colour, double Zoom)[] Changes =
    [
        (0.80, 0.95, 1.15, 1.0, 1.0),
        (1.10, 1.00, 0.80, 1.0, 1.0),
        (0.70, 0.90, 1.15, 0.9, 1.0),
        (1.00, 1.00, 1.00, 0.5, 0.8),
        (0.65, 0.65, 0.70, 1.0, 1.0),
        (1.25, 1.25, 1.25, 0.8, 1.0),
        (0.90, 1.00, 1.10, 0.7, 0.6),
        (1.00, 1.00, 1.00, 1.2, 0.7),
    ];

    /// <summary>How many there are.</summary>
    public static int Count => Changes.Length;

    /// <summary>One of them, by number from 0.</summary>
    public static RgbImage Make(RgbImage image, int number)
    {
        var change = Changes[number];
        int width = Math.Max(1, (int)(image.Width * change.Zoom)), height = Math.Max(1, (int)(image.Height * change.Zoom));
        int left = (image.Width - width) / 2, top = (image.Height - height) / 2;
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                int from = 3 * (((y + top) * image.Width) + x + left), to = 3 * ((y * width) + x);
                double r = change.Red * image.Pixels[from], g = change.Green * image.Pixels[from + 1], b = change.Blue * image.Pixels[from + 2];
                var gray = (0.299 * r) + (0.587 * g) + (0.114 * b);
                pixels[to] = Mixed(gray, r, change.Colour);
                pixels[to + 1] = Mixed(gray, g, change.Colour);
                pixels[to + 2] = Mixed(gray, b, change.Colour);
            }
        return new RgbImage(width, height, pixels);
    }

    private static byte Mixed(double gray, double value, double colour) => (byte)Math.Clamp(Math.Round(gray + (colour * (value - gray))), 0, 255);
}
