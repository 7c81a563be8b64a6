using DermAssistant.Imaging;

namespace DermAssistant.Training;

/// <summary>Random views of a photo: any turn or mirror (a dermatoscope has no up), zoom, shift, light and colour.</summary>
internal static class Augmentation
{
    /// <summary>Samples one view of <paramref name="size"/> pixels, normalised, channel first.</summary>
    /// <param name="strength">0 for none to 1 for full.</param>
    public static void Sample(RgbImage photo, int size, PreprocessConfig config, Random random, double strength, Span<float> chw)
    {
        var angle = random.NextDouble() * 2 * Math.PI;
        var mirror = random.Next(2) == 0 ? 1 : -1;
        // The sampled square's side relative to the photo's shorter side: .65 is a close-up, 1.05 shows a little border.
        var scale = 1 - strength * (random.NextDouble() * 0.4 - 0.05);
        var stretch = Math.Exp((random.NextDouble() - 0.5) * 0.3 * strength);
        var side = Math.Min(photo.Width, photo.Height) * scale;
        var shift = 0.12 * strength * Math.Min(photo.Width, photo.Height);
        var centreX = photo.Width / 2.0 + (random.NextDouble() * 2 - 1) * shift;
        var centreY = photo.Height / 2.0 + (random.NextDouble() * 2 - 1) * shift;
        var step = side / size;
        var (dxx, dxy) = (Math.Cos(angle) * step * stretch, -Math.Sin(angle) * step / stretch * mirror);
        var (dyx, dyy) = (Math.Sin(angle) * step * stretch, Math.Cos(angle) * step / stretch * mirror);

        Span<float> matrix = stackalloc float[9];
        Span<float> offset = stackalloc float[3];
        ColourMatrix(config, random, strength, matrix, offset);
        // Where a view skips photo pixels, two samples a side keep it from aliasing.
        var samples = step > 1.6 ? 2 : 1;
        var weight = 1f / (samples * samples);
        var plane = size * size;
        for (var v = 0; v < size; v++)
        {
            for (var u = 0; u < size; u++)
            {
                float r = 0, g = 0, b = 0;
                for (var s = 0; s < samples * samples; s++)
                {
                    var x = u + (s % samples + 0.5) / samples - size / 2.0;
                    var y = v + (s / samples + 0.5) / samples - size / 2.0;
                    AddBilinear(photo, centreX + dxx * x + dxy * y - 0.5, centreY + dyx * x + dyy * y - 0.5, ref r, ref g, ref b);
                }

                (r, g, b) = (r * weight, g * weight, b * weight);
                var at = v * size + u;
                chw[at] = matrix[0] * r + matrix[1] * g + matrix[2] * b + offset[0];
                chw[plane + at] = matrix[3] * r + matrix[4] * g + matrix[5] * b + offset[1];
                chw[2 * plane + at] = matrix[6] * r + matrix[7] * g + matrix[8] * b + offset[2];
            }
        }
    }

    // Brightness, contrast, saturation and white balance are one affine map of the colours, folded with the normalisation.
    private static void ColourMatrix(PreprocessConfig config, Random random, double strength, Span<float> matrix, Span<float> offset)
    {
        double Jitter(double range) => Math.Exp((random.NextDouble() * 2 - 1) * range * strength);
        var contrast = Jitter(0.25);
        var saturation = Jitter(0.3);
        var brightness = (random.NextDouble() * 2 - 1) * 0.1 * strength;
        ReadOnlySpan<double> luma = [0.299, 0.587, 0.114];
        for (var c = 0; c < 3; c++)
        {
            var gain = contrast * Jitter(0.08) / config.Std[c];
            for (var k = 0; k < 3; k++)
                matrix[c * 3 + k] = (float)(gain * (saturation * (c == k ? 1 : 0) + (1 - saturation) * luma[k]) / 255.0);
            offset[c] = (float)(gain * (0.5 / contrast - 0.5 + brightness) + (0 - config.Mean[c]) / config.Std[c]);
        }
    }

    private static void AddBilinear(RgbImage photo, double x, double y, ref float r, ref float g, ref float b)
    {
        // Mirrored at the edges: no black corners that a network could learn.
        x = Reflect(x, photo.Width - 1);
        y = Reflect(y, photo.Height - 1);
        var (x0, y0) = ((int)x, (int)y);
        var (x1, y1) = (Math.Min(x0 + 1, photo.Width - 1), Math.Min(y0 + 1, photo.Height - 1));
        var (fx, fy) = ((float)(x - x0), (float)(y - y0));
        var pixels = photo.Pixels;
        var (a, c, d, e) = ((y0 * photo.Width + x0) * 3, (y0 * photo.Width + x1) * 3, (y1 * photo.Width + x0) * 3, (y1 * photo.Width + x1) * 3);
        var (wa, wc, wd, we) = ((1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy);
        r += wa * pixels[a] + wc * pixels[c] + wd * pixels[d] + we * pixels[e];
        g += wa * pixels[a + 1] + wc * pixels[c + 1] + wd * pixels[d + 1] + we * pixels[e + 1];
        b += wa * pixels[a + 2] + wc * pixels[c + 2] + wd * pixels[d + 2] + we * pixels[e + 2];
    }

    private static double Reflect(double value, int last)
    {
        if (value < 0) value = -value;
        if (value > last) value = 2 * last - value;
        return Math.Clamp(value, 0, last);
    }
}
