namespace DermAssistant.Imaging.Gate;

/// <summary>Judges whether a photo is sharp and well lit enough to be read.</summary>
internal static class QualityCheck
{
    /// <summary>Longer side of the picture that is judged, in pixels; about what the encoders see.</summary>
    public const int WorkingSide = 256;

    /// <summary>Shorter side below which an encoder sees enlarged pixels.</summary>
    private const int FineSide = 224;

    /// <summary>
    /// Least sharpness at <see cref="UsualExposure"/>. Plain sharpness of 300 dermoscopic photos (every 16th of HAM10000, 224 pixels):
    /// least 8.3, a hundredth below 13. The same photos blurred by a Gaussian of 1 pixel: half below 3.5; of 1.5 pixels: 98 % below 4.9;
    /// of 2 pixels: all below 4.8.
    /// </summary>
    private const double LeastSharpness = 5;

    /// <summary>Mean luma of a well lit photo. Contrast grows with light, so sharpness is compared as if every photo had this exposure.</summary>
    private const double UsualExposure = 0.6;

    /// <summary>
    /// A photo is too dark when even its brightest twentieth stays below this luma; judging the mean would take dark skin for bad light.
    /// That luma is .55 at least in the same 300 photos, and .28 at most once they are darkened to 0.3 of their light.
    /// </summary>
    private const double LeastHighlight = 0.3;

    /// <summary>Luma, 0 to 255, from which a pixel counts as burnt out.</summary>
    private const int BurntOut = 250;

    /// <summary>
    /// A photo is overexposed when more than this part of it is burnt out: nothing is in the same 300 photos, more than half of three in
    /// four of them at twice their light. Printed figures on white paper reach .27 and shall not be warned of.
    /// </summary>
    private const double MostBurntOut = 0.35;

    /// <param name="frames">Pictures in the file.</param>
    public static PhotoQuality Of(Photo photo, int frames)
    {
        var image = photo.ToRgb(WorkingSide);
        var luma = Luma(image);
        var sharpness = LaplacianVariance(luma, image.Width, image.Height);
        var exposure = Mean(luma) / 255;
        var warnings = new List<string>();
        if (Highlight(luma) < LeastHighlight * 255)
            warnings.Add("The photo is too dark. Take it again in daylight or under a bright lamp, without a shadow on the skin.");
        if (BurntOutPart(luma) > MostBurntOut)
            warnings.Add("The photo is overexposed. Take it again without flash and away from direct light.");
        if (sharpness * Square(UsualExposure / Math.Max(exposure, 1.0 / 255)) < LeastSharpness)
            warnings.Add("The photo looks blurred. Take it again: clean the lens, hold still, keep a little more distance and tap on the lesion to focus.");
        if (Math.Min(photo.Width, photo.Height) < FineSide)
            warnings.Add($"The photo is small ({photo.Width} x {photo.Height} pixels), so fine structures cannot be seen. Send the original photo rather than a preview.");
        if (frames > 1)
            warnings.Add($"The file is animated; only the first of its {frames} frames was read. Send a single photo to be sure that the right one is read.");
        return new PhotoQuality(sharpness, exposure, warnings);
    }

    /// <summary>The luma that nineteen twentieths of the pixels do not exceed.</summary>
    private static int Highlight(float[] luma)
    {
        Span<int> histogram = stackalloc int[256];
        histogram.Clear();
        foreach (var value in luma) histogram[(int)value]++;
        var brighter = 0;
        for (var level = 255; level > 0; level--)
        {
            brighter += histogram[level];
            if (brighter > luma.Length / 20) return level;
        }

        return 0;
    }

    private static double BurntOutPart(float[] luma) => luma.Count(value => value >= BurntOut) / (double)luma.Length;

    private static double Square(double value) => value * value;

    /// <summary>ITU-R BT.601 luma, 0 to 255.</summary>
    private static float[] Luma(RgbImage image)
    {
        var luma = new float[image.Width * image.Height];
        for (int i = 0, o = 0; o < luma.Length; i += 3, o++)
            luma[o] = Math.Min(0.299f * image.Pixels[i] + 0.587f * image.Pixels[i + 1] + 0.114f * image.Pixels[i + 2], 255f);
        return luma;
    }

    private static double Mean(float[] values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum / values.Length;
    }

    /// <summary>Variance of the four-neighbour Laplacian (Pech-Pacheco et al. 2000); 0 where there is no inside.</summary>
    private static double LaplacianVariance(float[] luma, int width, int height)
    {
        double sum = 0, squares = 0;
        long count = 0;
        for (var y = 1; y < height - 1; y++)
            for (var x = 1; x < width - 1; x++)
            {
                var i = y * width + x;
                double value = luma[i - 1] + luma[i + 1] + luma[i - width] + luma[i + width] - 4 * luma[i];
                sum += value;
                squares += value * value;
                count++;
            }

        if (count == 0) return 0;
        var mean = sum / count;
        return squares / count - mean * mean;
    }
}
