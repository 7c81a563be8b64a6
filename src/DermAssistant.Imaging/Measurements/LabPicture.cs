namespace DermAssistant.Imaging;

/// <summary>A picture as three CIELAB planes, row-major.</summary>
internal sealed class LabPicture
{
    /// <summary>How much darker (L*) than its surroundings thin detail is to be taken for a hair.</summary>
    private const float HairDepth = 8;

    public LabPicture(int width, int height, float[] l, float[] a, float[] b) =>
        (Width, Height, L, A, B) = (width, height, l, a, b);

    public int Width { get; }

    public int Height { get; }

    public float[] L { get; }

    public float[] A { get; }

    public float[] B { get; }

    public Cielab this[int index] => new(L[index], A[index], B[index]);

    public static LabPicture From(RgbImage image)
    {
        var count = image.Width * image.Height;
        float[] l = new float[count], a = new float[count], b = new float[count];
        for (var i = 0; i < count; i++)
            (l[i], a[i], b[i]) = Cielab.FromSrgb(image.Pixels[i * 3], image.Pixels[i * 3 + 1], image.Pixels[i * 3 + 2]);
        return new LabPicture(image.Width, image.Height, l, a, b);
    }

    /// <summary>A picture of one colour.</summary>
    public static LabPicture Uniform(int width, int height, Cielab colour)
    {
        float[] l = new float[width * height], a = new float[l.Length], b = new float[l.Length];
        Array.Fill(l, colour.L);
        Array.Fill(a, colour.A);
        Array.Fill(b, colour.B);
        return new LabPicture(width, height, l, a, b);
    }

    /// <summary>The picture with every plane passed through the same operation.</summary>
    public LabPicture Map(Func<float[], float[]> operation) =>
        new(Width, Height, operation(L), operation(A), operation(B));

    /// <summary>The picture with thin dark detail replaced by the colour of the lightest pixel beside it.</summary>
    public LabPicture WithoutHairs(int radius)
    {
        var closed = Morphology.Close(L, Width, Height, radius);
        float[] a = new float[L.Length], b = new float[L.Length];
        for (var i = 0; i < L.Length; i++)
        {
            (a[i], b[i]) = (A[i], B[i]);
            // Only what the closing lifts clearly is hair; the rest keeps its own hue.
            if (closed[i] - L[i] >= HairDepth) (a[i], b[i]) = HueBeside(i, radius);
        }
        return new LabPicture(Width, Height, closed, a, b);
    }

    /// <summary>The median of each component over the pixels listed.</summary>
    public Cielab MedianOf(int[] indices) =>
        new(Median(L, indices), Median(A, indices), Median(B, indices));

    /// <summary>The median lightness (L*) over the pixels listed; 0 of none.</summary>
    public float MedianLightness(int[] indices) => indices.Length == 0 ? 0 : Median(L, indices);

    /// <summary>The mean over the pixels listed.</summary>
    public Cielab MeanOf(int[] indices)
    {
        double l = 0, a = 0, b = 0;
        foreach (var index in indices)
        {
            l += L[index];
            a += A[index];
            b += B[index];
        }
        var count = Math.Max(1, indices.Length);
        return new Cielab((float)(l / count), (float)(a / count), (float)(b / count));
    }

    private (float A, float B) HueBeside(int index, int radius)
    {
        int x = index % Width, y = index / Width, best = index;
        for (var row = Math.Max(0, y - radius); row <= Math.Min(Height - 1, y + radius); row++)
            for (var column = Math.Max(0, x - radius); column <= Math.Min(Width - 1, x + radius); column++)
                if (L[row * Width + column] > L[best]) best = row * Width + column;
        return (A[best], B[best]);
    }

    /// <summary>The mean of the narrow bin the median falls into, which saves sorting.</summary>
    private static float Median(float[] plane, int[] indices)
    {
        const int bins = 4096;
        const float perUnit = 16, least = -128;
        var counts = new int[bins];
        var sums = new double[bins];
        for (var i = 0; i < indices.Length; i++)
        {
            var value = plane[indices[i]];
            var bin = Math.Clamp((int)((value - least) * perUnit), 0, bins - 1);
            counts[bin]++;
            sums[bin] += value;
        }
        int median = 0, below = counts[0];
        while (below * 2 < indices.Length) below += counts[++median];
        return counts[median] == 0 ? 0 : (float)(sums[median] / counts[median]);
    }
}
