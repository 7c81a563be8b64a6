namespace DermAssistant.Imaging;

/// <summary>Asymmetry and border of a lesion's outline.</summary>
internal static class LesionShape
{
    /// <summary>Times the mask is blurred before its outline is drawn: rounds off the pixel staircase, keeps notches of a few pixels.</summary>
    private const int OutlineBlurs = 2;

    /// <summary>The share of the lesion that does not fall on itself when mirrored across its major and minor principal axis; 0 (symmetric) to 1.</summary>
    /// <remarks>
    /// The asymmetry criterion of the ABCD rule of dermatoscopy asks for symmetry across two perpendicular axes
    /// (Stolz et al., Eur. J. Dermatol. 4, 1994; Nachbar et al., J. Am. Acad. Dermatol. 30, 1994). As a number:
    /// 1 - |A ∩ mirror(A)| / |A|, axes through the centroid from the second central moments. It looks at the outline alone.
    /// </remarks>
    public static (double Major, double Minor) Asymmetry(LesionMask mask)
    {
        double count = 0, sumX = 0, sumY = 0, sumXx = 0, sumYy = 0, sumXy = 0;
        for (var y = 0; y < mask.Height; y++)
            for (var x = 0; x < mask.Width; x++)
            {
                if (!mask[x, y]) continue;
                count++;
                sumX += x;
                sumY += y;
                sumXx += (double)x * x;
                sumYy += (double)y * y;
                sumXy += (double)x * y;
            }
        double centreX = sumX / count, centreY = sumY / count;
        double xx = sumXx / count - centreX * centreX, yy = sumYy / count - centreY * centreY, xy = sumXy / count - centreX * centreY;
        var angle = 0.5 * Math.Atan2(2 * xy, xx - yy);
        return (Unmatched(mask, centreX, centreY, angle), Unmatched(mask, centreX, centreY, angle + Math.PI / 2));
    }

    /// <summary>The compactness index P^2 / (4 pi A): 1 for a circle, larger the more ragged or elongated the outline.</summary>
    /// <remarks>
    /// Used for border irregularity of pigmented lesions since Golston, Stoecker, Moss and Dhillon (Comput. Med. Imaging Graph. 16, 1992).
    /// P is the length of the 0.5 contour of the slightly blurred mask (marching squares with linear interpolation) and A its area,
    /// since counting pixel edges overstates slanted outlines by up to 41%. Where the frame cuts the lesion, the frame is the outline.
    /// </remarks>
    public static double Irregularity(LesionMask mask)
    {
        const int margin = OutlineBlurs + 2;
        int width = mask.Width + 2 * margin, height = mask.Height + 2 * margin;
        var plane = new float[width * height];
        for (var y = 0; y < mask.Height; y++)
            for (var x = 0; x < mask.Width; x++)
                plane[(y + margin) * width + x + margin] = mask.Inside[y * mask.Width + x];
        plane = Morphology.Blur(plane, width, height, 1, OutlineBlurs);

        double length = 0, area = 0;
        for (var y = 0; y < height - 1; y++)
            for (var x = 0; x < width - 1; x++)
            {
                var at = y * width + x;
                var (cellLength, cellArea) = Cell(plane[at], plane[at + 1], plane[at + width + 1], plane[at + width]);
                length += cellLength;
                area += cellArea;
            }
        return area == 0 ? 1 : length * length / (4 * Math.PI * area);
    }

    private static double Unmatched(LesionMask mask, double centreX, double centreY, double angle)
    {
        double cos = Math.Cos(2 * angle), sin = Math.Sin(2 * angle);
        int unmatched = 0, area = 0;
        for (var y = 0; y < mask.Height; y++)
            for (var x = 0; x < mask.Width; x++)
            {
                if (!mask[x, y]) continue;
                area++;
                double dx = x - centreX, dy = y - centreY;
                if (Sample(mask, centreX + cos * dx + sin * dy, centreY + sin * dx - cos * dy) < 0.5) unmatched++;
            }
        return area == 0 ? 0 : (double)unmatched / area;
    }

    private static double Sample(LesionMask mask, double x, double y)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        double right = x - left, down = y - top;
        return (1 - down) * ((1 - right) * At(left, top) + right * At(left + 1, top))
            + down * ((1 - right) * At(left, top + 1) + right * At(left + 1, top + 1)) + 1e-9;

        double At(int column, int row) => mask[column, row] ? 1 : 0;
    }

    /// <summary>Length of the contour in one cell of four samples (clockwise) and the area inside it.</summary>
    private static (double Length, double Area) Cell(float a, float b, float c, float d)
    {
        const float level = 0.5f;
        var inside = (a >= level ? 1 : 0) + (b >= level ? 1 : 0) + (c >= level ? 1 : 0) + (d >= level ? 1 : 0);
        if (inside is 0 or 4) return (0, inside / 4);
        Span<(double X, double Y)> corners = [(0, 0), (1, 0), (1, 1), (0, 1)];
        Span<float> values = [a, b, c, d];
        Span<(double X, double Y)> polygon = stackalloc (double, double)[8];
        Span<(double X, double Y)> crossings = stackalloc (double, double)[4];
        int points = 0, crossed = 0;
        for (var i = 0; i < 4; i++)
        {
            var next = (i + 1) % 4;
            if (values[i] >= level) polygon[points++] = corners[i];
            if (values[i] >= level == values[next] >= level) continue;
            var t = (level - values[i]) / (values[next] - values[i]);
            var at = (corners[i].X + t * (corners[next].X - corners[i].X), corners[i].Y + t * (corners[next].Y - corners[i].Y));
            polygon[points++] = at;
            crossings[crossed++] = at;
        }
        double area = 0, length = 0;
        for (var i = 0; i < points; i++)
        {
            var (x, y) = polygon[i];
            var (nextX, nextY) = polygon[(i + 1) % points];
            area += (x * nextY - nextX * y) / 2;
        }
        // With four crossings (a saddle) the inside is taken as joined: the two cut-off corners are the ones outside.
        if (crossed == 2) length = Distance(crossings[0], crossings[1]);
        else if (a >= level) length = Distance(crossings[0], crossings[1]) + Distance(crossings[2], crossings[3]);
        else length = Distance(crossings[1], crossings[2]) + Distance(crossings[3], crossings[0]);
        return (length, area);
    }

    private static double Distance((double X, double Y) from, (double X, double Y) to) =>
        Math.Sqrt((from.X - to.X) * (from.X - to.X) + (from.Y - to.Y) * (from.Y - to.Y));
}
