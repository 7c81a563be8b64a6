namespace DermAssistant.Imaging.Gate;

/// <summary>Judges whether a photo is sharp and well lit enough to be read.</summary>
internal static class QualityCheck
{
    /// <summary>Longer side of the picture that is judged, in pixels; about what the encoders see.</summary>
    public const int WorkingSide = 256;

    private const double Blurred = 8;
    private const double Dark = 0.2;
    private const double Bright = 0.92;

    /// <param name="frames">Pictures in the file.</param>
    public static PhotoQuality Of(Photo photo, int frames)
    {
        var image = photo.ToRgb(WorkingSide);
        var luma = Luma(image);
        var sharpness = LaplacianVariance(luma, image.Width, image.Height);
        var exposure = Mean(luma) / 255;
        var warnings = new List<string>();
        if (sharpness < Blurred) warnings.Add("The photo looks blurred. Take it again: hold still, tap on the lesion to focus, and keep a little more distance.");
        if (exposure < Dark) warnings.Add("The photo is very dark. Take it again in daylight or under a bright lamp, without your own shadow on the skin.");
        if (exposure > Bright) warnings.Add("The photo is overexposed. Take it again without flash or away from direct light.");
        if (frames > 1) warnings.Add($"The file is animated; only the first of its {frames} frames was read.");
        return new PhotoQuality(sharpness, exposure, warnings);
    }

    /// <summary>ITU-R BT.601 luma, 0 to 255.</summary>
    private static float[] Luma(RgbImage image)
    {
        var luma = new float[image.Width * image.Height];
        for (int i = 0, o = 0; o < luma.Length; i += 3, o++)
            luma[o] = 0.299f * image.Pixels[i] + 0.587f * image.Pixels[i + 1] + 0.114f * image.Pixels[i + 2];
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
