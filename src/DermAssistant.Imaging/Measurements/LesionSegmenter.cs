namespace DermAssistant.Imaging;

/// <summary>Tells a lesion from the skin around it by its colour difference to the skin near the frame.</summary>
/// <remarks>
/// Hairs and ruler ticks are closed, the skin's colour is taken from the lighter half of a band along the frame,
/// and the difference to it is cut in two by Otsu's threshold (N. Otsu, IEEE Trans. SMC 9(1), 1979).
/// Of the parts found, the one with the most area near the middle is the lesion. All numbers below are this project's
/// own choices, made by looking at outlines on dermoscopic photos.
/// </remarks>
internal static class LesionSegmenter
{
    /// <summary>Half the side of the closing square: hairs are up to some 5 pixels wide at 224.</summary>
    public const int HairRadius = 3;

    /// <summary>Width of the band along the frame the skin's colour is taken from, as a share of the shorter side.</summary>
    public const double BandShare = 0.09;

    /// <summary>Lightness counts less than hue: uneven light changes it most.</summary>
    public const float LightnessWeight = 0.8f;

    /// <summary>What is lighter than the skin counts least: glare and skin creases are, lesions seldom.</summary>
    public const float LighterWeight = 0.3f;

    /// <summary>Otsu's cut lies in the middle of a lesion's soft edge, or within the lesion where its core is much darker; the border people draw lies further out.</summary>
    public const float CutShare = 0.85f;

    /// <summary>No cut below this difference (Delta E): skin texture and noise.</summary>
    public const float LeastCut = 4.5f;

    /// <summary>A lesion differs from the skin by at least this (Delta E between the means).</summary>
    public const float LeastContrast = 6;

    /// <summary>A lesion covers at least this share of the visible field.</summary>
    public const double LeastShare = 0.004;

    /// <summary>Above this share there is not enough skin left to tell a lesion from.</summary>
    public const double MostShare = 0.92;

    /// <summary>A part that fills more than this share of the band along the frame is the scene, not a lesion in it.</summary>
    public const double MostBandShare = 0.75;

    /// <summary>The contrast must be this many times the pixel noise (mean absolute deviation of lightness from its blurred self).</summary>
    public const float LeastContrastToNoise = 1.3f;

    /// <summary>The lesion makes up at least this share of all that stands out; scattered specks do not make a lesion.</summary>
    public const double LeastDominance = 0.35;

    /// <summary>Skin is measured this far (pixels) from anything that stands out.</summary>
    public const int SkinMargin = 4;

    public static Segmentation? Segment(LabPicture picture, LabPicture smooth, bool[] field)
    {
        int width = picture.Width, height = picture.Height;
        var fieldArea = field.Count(value => value);
        var band = BandOf(field, width, height);
        if (band.Count == 0) return null;
        var skin = SkinReference(smooth, band);
        var difference = DifferenceFrom(smooth, skin);
        var cut = Math.Max(LeastCut, CutShare * Otsu(difference, field));

        var standsOut = new bool[field.Length];
        for (var i = 0; i < field.Length; i++) standsOut[i] = field[i] && difference[i] > cut;
        var cleaned = Morphology.Dilate(Morphology.Erode(standsOut, width, height, 2), width, height, 2);
        cleaned = Morphology.Erode(Morphology.Dilate(cleaned, width, height, 3), width, height, 3);
        cleaned = Morphology.FillHoles(cleaned, width, height);
        for (var i = 0; i < field.Length; i++) cleaned[i] &= field[i];

        var parts = Morphology.Components(cleaned, width, height);
        if (parts.Count == 0) return null;
        var lesion = parts.MaxBy(part => CentralArea(part, width, height))!;
        var inside = new bool[field.Length];
        foreach (var index in lesion) inside[index] = true;

        var share = (double)lesion.Count / fieldArea;
        if (share is < LeastShare or > MostShare) return null;
        if (band.Count(index => inside[index]) > MostBandShare * band.Count) return null;
        if (lesion.Count < LeastDominance * parts.Sum(part => part.Count)) return null;

        var around = Morphology.Dilate(Union(standsOut, inside), width, height, SkinMargin);
        var healthy = new List<int>();
        for (var i = 0; i < field.Length; i++)
            if (field[i] && !around[i]) healthy.Add(i);
        var contrast = smooth.MeanOf(lesion).DifferenceTo(healthy.Count > 0 ? smooth.MedianOf(healthy) : skin);
        if (contrast < LeastContrast || contrast < LeastContrastToNoise * Noise(picture, field)) return null;
        return new Segmentation(inside, field, fieldArea, lesion, healthy);
    }

    /// <summary>The mean absolute difference of neighbouring pixels' lightness in the field.</summary>
    public static float Noise(LabPicture picture, bool[] field)
    {
        double sum = 0;
        var count = 0;
        for (var y = 1; y < picture.Height; y++)
            for (var x = 1; x < picture.Width; x++)
            {
                var at = y * picture.Width + x;
                if (!field[at]) continue;
                sum += Math.Abs(picture.L[at] - picture.L[at - 1]) + Math.Abs(picture.L[at] - picture.L[at - picture.Width]);
                count += 2;
            }
        return count == 0 ? 0 : (float)(sum / count);
    }

    private static List<int> BandOf(bool[] field, int width, int height)
    {
        var depth = Math.Max(1, (int)Math.Round(BandShare * Math.Min(width, height)));
        var band = new List<int>();
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var edge = Math.Min(Math.Min(x, width - 1 - x), Math.Min(y, height - 1 - y));
                if (edge < depth && field[y * width + x]) band.Add(y * width + x);
            }
        return band;
    }

    /// <summary>The median of the lighter half of the band: a lesion that reaches the frame darkens only the other half.</summary>
    private static Cielab SkinReference(LabPicture smooth, List<int> band)
    {
        var byLightness = band.ToArray();
        Array.Sort(Array.ConvertAll(byLightness, index => smooth.L[index]), byLightness);
        return smooth.MedianOf(new ArraySegment<int>(byLightness, byLightness.Length * 4 / 10, Math.Max(1, byLightness.Length / 2)));
    }

    private static float[] DifferenceFrom(LabPicture smooth, Cielab skin)
    {
        var difference = new float[smooth.L.Length];
        for (var i = 0; i < difference.Length; i++)
        {
            var l = smooth.L[i] - skin.L;
            l *= l < 0 ? LightnessWeight : LighterWeight;
            float a = smooth.A[i] - skin.A, b = smooth.B[i] - skin.B;
            difference[i] = MathF.Sqrt(l * l + a * a + b * b);
        }
        return difference;
    }

    private static float Otsu(float[] values, bool[] field)
    {
        const int bins = 256;
        var top = 1e-3f;
        for (var i = 0; i < values.Length; i++)
            if (field[i]) top = Math.Max(top, values[i]);
        var histogram = new int[bins];
        var count = 0;
        double total = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (!field[i]) continue;
            var bin = Math.Min(bins - 1, (int)(values[i] / top * bins));
            histogram[bin]++;
            count++;
            total += bin;
        }
        double best = -1, below = 0, belowSum = 0;
        var cut = 0;
        for (var bin = 0; bin < bins - 1; bin++)
        {
            below += histogram[bin];
            belowSum += (double)bin * histogram[bin];
            if (below == 0 || below == count) continue;
            var apart = belowSum / below - (total - belowSum) / (count - below);
            var between = below * (count - below) * apart * apart;
            if (between <= best) continue;
            best = between;
            cut = bin;
        }
        return (cut + 1) * top / bins;
    }

    /// <summary>The area of a part, each pixel weighed by its nearness to the middle of the frame.</summary>
    private static double CentralArea(List<int> part, int width, int height)
    {
        double sum = 0, scale = 2.0 / Math.Min(width, height);
        foreach (var index in part)
        {
            var x = (index % width - (width - 1) / 2.0) * scale;
            var y = (index / width - (height - 1) / 2.0) * scale;
            sum += Math.Exp(-2 * (x * x + y * y));
        }
        return sum;
    }

    private static bool[] Union(bool[] first, bool[] second)
    {
        var result = new bool[first.Length];
        for (var i = 0; i < result.Length; i++) result[i] = first[i] || second[i];
        return result;
    }
}
