namespace DermAssistant.Diagnosis;

/// <summary>The largest upright square inside the round view a dermatoscope leaves in a dark frame.</summary>
internal static class FieldOfView
{
    /// <summary>Darker (L*) than this is frame.</summary>
    private const double Dark = 12;

    /// <summary>The lit area must fill this share of the disc it is taken for, and cover at most this share of what lies outside the disc.</summary>
    private const double Filled = 0.93;
    private const double Spilled = 0.07;

    /// <summary>The square (left, top, side) to look at, in the coordinates of a lightness plane of the given size; all of it where there is no such frame.</summary>
    public static (double Left, double Top, double Side) Find(double[] lightness, int side)
    {
        (double, double, double) whole = (0, 0, side);
        int[] corners = [0, side - 1, side * (side - 1), (side * side) - 1];
        if (corners.Count(corner => lightness[corner] < Dark) < 3) return whole;
        double count = 0, x = 0, y = 0;
        for (var i = 0; i < lightness.Length; i++)
            if (lightness[i] >= Dark)
            {
                count++;
                x += i % side;
                y += i / side;
            }
        if (count < 0.05 * side * side) return whole;
        (x, y) = (x / count, y / count);
        var radius = Math.Sqrt(count / Math.PI);
        double inside = 0, disc = 0;
        for (var i = 0; i < lightness.Length; i++)
        {
            double dx = (i % side) - x, dy = (i / side) - y;
            if ((dx * dx) + (dy * dy) > radius * radius) continue;
            disc++;
            if (lightness[i] >= Dark) inside++;
        }
        if (inside < Filled * disc || count - inside > Spilled * count) return whole;
        // A little less than the inscribed square, for the blurred edge of the view.
        var half = 0.95 * radius / Math.Sqrt(2);
        double left = Math.Max(0, x + 0.5 - half), top = Math.Max(0, y + 0.5 - half);
        return (left, top, Math.Min(2 * half, Math.Min(side - left, side - top)));
    }
}
