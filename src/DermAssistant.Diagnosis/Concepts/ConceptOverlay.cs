using DermAssistant.Imaging;

namespace DermAssistant.Diagnosis;

/// <summary>Draws a concept map over the photo.</summary>
/// <remarks>
/// The square that the encoder sees, three times as fine. What is most like the concept is tinted turquoise, a colour skin does not have, the rest
/// fades to grey, both relative to this photo alone; the line runs where three quarters of the way from the lowest to the highest is reached.
/// A photo that shows a concept nowhere has a highest place too: whether it is there at all, the score says.
/// </remarks>
public static class ConceptOverlay
{
    private const int Magnification = 3;
    private const double TintFrom = 0.5;
    private const double LineAt = 0.75;
    private const double MostTint = 0.55;
    private const double MostFade = 0.7;

    /// <summary>The picture, RGB.</summary>
    /// <exception cref="ArgumentException">The map is not square.</exception>
    public static RgbImage Draw(Photo photo, PreprocessConfig preprocess, ConceptMap map)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(preprocess);
        ArgumentNullException.ThrowIfNull(map);
        if (map.Side < 1 || map.Contrasts.Count != map.Side * map.Side)
            throw new ArgumentException($"{map.Contrasts.Count} values are no square of {map.Side} patches.", nameof(map));
        var picture = Preprocessor.Crop(photo, preprocess with { ImageSize = preprocess.ImageSize * Magnification });
        var heights = Heights(map, picture.Width);
        for (var y = 0; y < picture.Height; y++)
            for (var x = 0; x < picture.Width; x++)
            {
                var pixel = picture.Pixels.AsSpan(((y * picture.Width) + x) * 3, 3);
                if (OnLine(heights, picture.Width, x, y)) pixel.Fill(heights[(y * picture.Width) + x] >= LineAt ? byte.MaxValue : byte.MinValue);
                else Paint(pixel, heights[(y * picture.Width) + x]);
            }
        return picture;
    }

    /// <summary>0 for the lowest and 1 for the highest patch, bilinear between the centres of the patches; one half everywhere where all are equal.</summary>
    private static double[] Heights(ConceptMap map, int side)
    {
        double lowest = map.Contrasts.Min(), range = map.Contrasts.Max() - lowest;
        var heights = new double[side * side];
        var centres = Enumerable.Range(0, side).Select(i => Math.Clamp((((i + 0.5) * map.Side) / side) - 0.5, 0, map.Side - 1)).ToArray();
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
                heights[(y * side) + x] = range > 0 ? (Between(map, centres[x], centres[y]) - lowest) / range : 0.5;
        return heights;
    }

    private static double Between(ConceptMap map, double x, double y)
    {
        int left = (int)x, top = (int)y, right = Math.Min(left + 1, map.Side - 1), bottom = Math.Min(top + 1, map.Side - 1);
        double across = x - left, down = y - top;
        double Row(int row) => (map.Contrasts[(row * map.Side) + left] * (1 - across)) + (map.Contrasts[(row * map.Side) + right] * across);
        return (Row(top) * (1 - down)) + (Row(bottom) * down);
    }

    /// <summary>Whether the line passes between the pixel and one beside it: white inside and black outside, to be seen on any skin.</summary>
    private static bool OnLine(double[] heights, int side, int x, int y)
    {
        var inside = heights[(y * side) + x] >= LineAt;
        bool Differs(int otherX, int otherY) => otherX >= 0 && otherY >= 0 && otherX < side && otherY < side && heights[(otherY * side) + otherX] >= LineAt != inside;
        return Differs(x + 1, y) || Differs(x - 1, y) || Differs(x, y + 1) || Differs(x, y - 1);
    }

    private static void Paint(Span<byte> pixel, double height)
    {
        if (height < TintFrom)
        {
            var grey = (0.299 * pixel[0]) + (0.587 * pixel[1]) + (0.114 * pixel[2]);
            Mix(pixel, grey, grey, grey, MostFade * (TintFrom - height) / TintFrom);
            return;
        }

        var above = (height - TintFrom) / (1 - TintFrom);
        Mix(pixel, 0, 255, 200, MostTint * above);
    }

    private static void Mix(Span<byte> pixel, double red, double green, double blue, double share)
    {
        pixel[0] = (byte)((pixel[0] * (1 - share)) + (red * share));
        pixel[1] = (byte)((pixel[1] * (1 - share)) + (green * share));
        pixel[2] = (byte)((pixel[2] * (1 - share)) + (blue * share));
    }
}
