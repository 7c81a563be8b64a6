namespace DermAssistant.Imaging;

/// <summary>Tells a lesion from the skin around it by its colour difference to the skin near the frame.</summary>
/// <remarks>
/// Hairs and ruler ticks are closed, the skin's colour is taken from the lighter half of a band along the frame,
/// and the difference to it is cut in two by Otsu's threshold (N. Otsu, IEEE Trans. SMC 9(1), 1979). Background beside the skin is left
/// out; then the skin's colour is fitted as a surface and the difference to that is cut, so that uneven light is no lesion. Of the parts found, the one with the most area near the middle is the lesion. All numbers below are this project's
/// own choices, made by looking at outlines on dermoscopic photos.
/// </remarks>
internal static class LesionSegmenter
{
    /// <summary>Half the side of the closing square: hairs are up to some 5 pixels wide at 224.</summary>
    public const int HairRadius = 3;

    /// <summary>Half the side of the square the photo is averaged over, twice, before it is cut: pigment network is finer, outlines are not.</summary>
    public const int SmoothingRadius = 2;

    /// <summary>Width of the band along the frame the skin's colour is taken from, as a share of the shorter side.</summary>
    public const double BandShare = 0.09;

    /// <summary>Share of the band along the frame that must show skin for the band to be taken there.</summary>
    public const double LeastFrameBand = 0.5;

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

    /// <summary>Below this contrast (Delta E) a part must also have a reasonable outline; creases and mottled skin are faint and ragged.</summary>
    public const float FaintContrast = 10;

    /// <summary>The compactness index up to which a faint part counts as a lesion.</summary>
    public const double MostFaintIrregularity = 4;

    /// <summary>A pale inside that opens to the skin through a mouth narrower than twice this (pixels) belongs to the lesion.</summary>
    public const int MouthRadius = 6;

    /// <summary>A lesion covers at least this share of the visible field.</summary>
    public const double LeastShare = 0.004;

    /// <summary>Above this share there is not enough skin left to tell a lesion from.</summary>
    public const double MostShare = 0.92;

    /// <summary>A part that fills more than this share of the band along the frame is the scene, not a lesion in it.</summary>
    public const double MostBandShare = 0.75;

    /// <summary>The contrast must be this many times the <see cref="Noise"/>; in smoothed noise something always stands out.</summary>
    public const float LeastContrastToNoise = 1.3f;

    /// <summary>The lesion makes up at least this share of all that stands out; scattered specks do not make a lesion.</summary>
    public const double LeastDominance = 0.35;

    /// <summary>Skin is measured this far (pixels) from anything that stands out.</summary>
    public const int SkinMargin = 4;

    /// <summary>A part that reaches this share of the frame's edge and not the middle is background beside the skin.</summary>
    public const double BackgroundEdgeShare = 0.12;

    /// <summary>The middle: nearer to the centre than this share of half the shorter side.</summary>
    public const double MiddleShare = 0.5;

    /// <summary>Uneven light is taken off only where this share of the field shows skin.</summary>
    public const double LeastSkinToLevel = 0.4;

    /// <summary>The lesion and the skin around it, or null where no plausible lesion stands out.</summary>
    /// <param name="picture">The photo at working size.</param>
    /// <param name="smooth">The same without hairs and fine texture; what is cut.</param>
    /// <param name="field">One value a pixel: in the visible field.</param>
    public static Segmentation? Segment(LabPicture picture, LabPicture smooth, bool[] field)
    {
        int width = picture.Width, height = picture.Height;
        var band = BandOf(field, width, height);
        if (band.Length == 0) return null;
        var skin = LabPicture.Uniform(width, height, SkinReference(smooth, band));
        var found = Cut(smooth, skin, field);

        var background = found.Parts.Where(part => IsBackground(part, width, height)).ToList();
        if (background.Count > 0)
        {
            field = (bool[])field.Clone();
            foreach (var index in background.SelectMany(part => part)) field[index] = false;
            found = Cut(smooth, skin, field);
        }
        var bare = Healthy(found.StandsOut, field, width, height);
        if (bare.Length >= LeastSkinToLevel * field.Count(value => value))
        {
            skin = SkinSurface.Fit(smooth, bare);
            found = Cut(smooth, skin, field);
        }
        if (found.Parts.Count == 0) return null;

        var inside = new bool[field.Length];
        foreach (var index in found.Parts.MaxBy(part => CentralArea(part, width, height))!) inside[index] = true;
        FillPockets(inside, field, width, height);
        var lesion = Morphology.IndicesOf(inside);
        if (lesion.Length < LeastDominance * found.Parts.Sum(part => part.Length)) return null;
        if (band.Count(index => inside[index]) > MostBandShare * band.Length) return null;

        foreach (var index in lesion) found.StandsOut[index] = true;
        var segmentation = new Segmentation(
            inside, field, field.Count(value => value), lesion, Healthy(found.StandsOut, field, width, height));
        var contrast = smooth.MeanOf(lesion).DifferenceTo(skin.MeanOf(lesion));
        return IsPlausible(segmentation, contrast, picture) ? segmentation : null;
    }

    private static bool IsPlausible(Segmentation found, float contrast, LabPicture picture)
    {
        var share = (double)found.Lesion.Length / found.FieldArea;
        if (share is < LeastShare or > MostShare) return false;
        if (contrast < LeastContrast || contrast < LeastContrastToNoise * Noise(picture, found.Field)) return false;
        return contrast >= FaintContrast
            || LesionShape.Irregularity(LesionMask.From(found.Inside, picture.Width, picture.Height)) <= MostFaintIrregularity;
    }

    /// <summary>What stands out from the skin: every pixel of it, and its cleaned connected parts.</summary>
    private static Standing Cut(LabPicture smooth, LabPicture skin, bool[] field)
    {
        int width = smooth.Width, height = smooth.Height;
        var difference = DifferenceFrom(smooth, skin);
        var cut = Math.Max(LeastCut, CutShare * Otsu(difference, field));
        var standsOut = new bool[field.Length];
        for (var i = 0; i < field.Length; i++) standsOut[i] = field[i] && difference[i] > cut;
        var cleaned = Morphology.Dilate(Morphology.Erode(standsOut, width, height, 2), width, height, 2);
        cleaned = Morphology.Erode(Morphology.Dilate(cleaned, width, height, 3), width, height, 3);
        cleaned = Morphology.FillHoles(cleaned, width, height);
        for (var i = 0; i < field.Length; i++)
        {
            cleaned[i] &= field[i];
            standsOut[i] |= cleaned[i];
        }
        return new Standing(standsOut, Morphology.Components(cleaned, width, height));
    }

    /// <summary>Adds the pale insides that a plain hole filling misses since a narrow mouth joins them with the skin; notches stay.</summary>
    private static void FillPockets(bool[] inside, bool[] field, int width, int height)
    {
        var closed = Morphology.Erode(Morphology.Dilate(inside, width, height, MouthRadius), width, height, MouthRadius);
        var filled = Morphology.FillHoles(closed, width, height);
        var pockets = new bool[inside.Length];
        for (var i = 0; i < pockets.Length; i++) pockets[i] = filled[i] && !closed[i];
        var reach = Morphology.Dilate(pockets, width, height, 2 * MouthRadius);
        for (var i = 0; i < inside.Length; i++) inside[i] |= reach[i] && filled[i] && field[i];
    }

    /// <summary>The field's pixels well away from all that stands out.</summary>
    private static int[] Healthy(bool[] standsOut, bool[] field, int width, int height)
    {
        var healthy = Morphology.Dilate(standsOut, width, height, SkinMargin);
        for (var i = 0; i < field.Length; i++) healthy[i] = field[i] && !healthy[i];
        return Morphology.IndicesOf(healthy);
    }

    private static bool IsBackground(int[] part, int width, int height)
    {
        var atEdge = 0;
        var nearest = double.MaxValue;
        foreach (var index in part)
        {
            int x = index % width, y = index / width;
            if (x == 0 || y == 0 || x == width - 1 || y == height - 1) atEdge++;
            double dx = x - (width - 1) / 2.0, dy = y - (height - 1) / 2.0;
            nearest = Math.Min(nearest, dx * dx + dy * dy);
        }
        var middle = MiddleShare * Math.Min(width, height) / 2;
        return atEdge >= BackgroundEdgeShare * 2 * (width + height) && nearest > middle * middle;
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

    /// <summary>The part of the field within the band's width of the frame; of the field's own edge where a round view hides most of the frame's.</summary>
    private static int[] BandOf(bool[] field, int width, int height)
    {
        var depth = Math.Max(1, (int)Math.Round(BandShare * Math.Min(width, height)));
        var whole = width * height - Math.Max(0, width - 2 * depth) * Math.Max(0, height - 2 * depth);
        var band = new List<int>();
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var edge = Math.Min(Math.Min(x, width - 1 - x), Math.Min(y, height - 1 - y));
                if (edge < depth && field[y * width + x]) band.Add(y * width + x);
            }
        if (band.Count >= LeastFrameBand * whole) return [.. band];
        var inner = Morphology.Erode(field, width, height, depth);
        return Morphology.IndicesOf([.. field.Zip(inner, (visible, deep) => visible && !deep)]);
    }

    /// <summary>The median of the lighter half of the band, less its lightest tenth: a lesion that reaches the frame darkens the other half, glare lightens the tenth.</summary>
    private static Cielab SkinReference(LabPicture smooth, int[] band)
    {
        var byLightness = (int[])band.Clone();
        Array.Sort(Array.ConvertAll(byLightness, index => smooth.L[index]), byLightness);
        return smooth.MedianOf(byLightness.AsSpan(byLightness.Length * 4 / 10, Math.Max(1, byLightness.Length / 2)).ToArray());
    }

    private static float[] DifferenceFrom(LabPicture smooth, LabPicture skin)
    {
        var difference = new float[smooth.L.Length];
        for (var i = 0; i < difference.Length; i++)
        {
            var l = smooth.L[i] - skin.L[i];
            l *= l < 0 ? LightnessWeight : LighterWeight;
            float a = smooth.A[i] - skin.A[i], b = smooth.B[i] - skin.B[i];
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
    private static double CentralArea(int[] part, int width, int height)
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

    /// <param name="StandsOut">One value a pixel: differs from the skin.</param>
    /// <param name="Parts">The connected parts of it, cleaned of specks and holes, as pixel indices.</param>
    private sealed record Standing(bool[] StandsOut, List<int[]> Parts);
}
