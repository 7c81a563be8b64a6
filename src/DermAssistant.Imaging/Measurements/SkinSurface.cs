namespace DermAssistant.Imaging;

/// <summary>The colour skin has, or would have under the lesion, at every place of an unevenly lit photo.</summary>
internal static class SkinSurface
{
    /// <summary>Terms of a quadratic surface: 1, x, y, x^2, y^2, xy.</summary>
    private const int Terms = 6;

    /// <summary>Every so many pixels in each direction one is fitted to; light changes slowly.</summary>
    private const int Step = 4;

    /// <summary>The surface stays this close to the skin's median: under a large lesion it is a guess.</summary>
    private const float MostOffset = 12;

    /// <summary>Fits a quadratic surface to each plane by least squares over the healthy pixels.</summary>
    /// <returns>The surface at every pixel; the median alone where the pixels do not determine a surface.</returns>
    public static LabPicture Fit(LabPicture picture, int[] healthy)
    {
        var isHealthy = new bool[picture.L.Length];
        foreach (var index in healthy) isHealthy[index] = true;
        var median = picture.MedianOf(healthy);
        int width = picture.Width, height = picture.Height;
        return new LabPicture(
            width, height,
            Fit(picture.L, isHealthy, width, height, median.L),
            Fit(picture.A, isHealthy, width, height, median.A),
            Fit(picture.B, isHealthy, width, height, median.B));
    }

    private static float[] Fit(float[] plane, bool[] healthy, int width, int height, float median)
    {
        var system = new double[Terms, Terms + 1];
        Span<double> term = stackalloc double[Terms];
        // Starting at half the remainder keeps the grid in the middle, so that a mirrored photo is fitted at the mirrored places.
        for (var y = (height - 1) % Step / 2; y < height; y += Step)
            for (var x = (width - 1) % Step / 2; x < width; x += Step)
            {
                var at = y * width + x;
                if (!healthy[at]) continue;
                Expand(x, y, width, height, term);
                for (var row = 0; row < Terms; row++)
                {
                    for (var column = 0; column < Terms; column++) system[row, column] += term[row] * term[column];
                    system[row, Terms] += term[row] * (plane[at] - median);
                }
            }
        var surface = new float[plane.Length];
        Array.Fill(surface, median);
        if (!Solve(system)) return surface;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                Expand(x, y, width, height, term);
                double offset = 0;
                for (var i = 0; i < Terms; i++) offset += term[i] * system[i, Terms];
                surface[y * width + x] += Math.Clamp((float)offset, -MostOffset, MostOffset);
            }
        return surface;
    }

    private static void Expand(int x, int y, int width, int height, Span<double> term)
    {
        double u = (2.0 * x - width + 1) / width, v = (2.0 * y - height + 1) / height;
        (term[0], term[1], term[2], term[3], term[4], term[5]) = (1, u, v, u * u, v * v, u * v);
    }

    /// <summary>Gauss-Jordan elimination in place, the solution in the last column; false when it is not determined.</summary>
    private static bool Solve(double[,] system)
    {
        for (var pivot = 0; pivot < Terms; pivot++)
        {
            var best = pivot;
            for (var row = pivot + 1; row < Terms; row++)
                if (Math.Abs(system[row, pivot]) > Math.Abs(system[best, pivot])) best = row;
            if (Math.Abs(system[best, pivot]) < 1e-6) return false;
            for (var column = 0; column <= Terms; column++)
                (system[pivot, column], system[best, column]) = (system[best, column], system[pivot, column]);
            for (var row = 0; row < Terms; row++)
            {
                if (row == pivot) continue;
                var factor = system[row, pivot] / system[pivot, pivot];
                for (var column = pivot; column <= Terms; column++) system[row, column] -= factor * system[pivot, column];
            }
        }
        for (var row = 0; row < Terms; row++) system[row, Terms] /= system[row, row];
        return true;
    }
}
