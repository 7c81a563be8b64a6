namespace DermAssistant.Imaging.Tests.Resampling;

/// <summary>Pillow's resampling written down as plainly as it goes: the whole picture, one sample at a time.</summary>
internal static class PlainResampler
{
    public static byte[] Resample(byte[] input, int width, int height, int channels, int newWidth, int newHeight, Interpolation interpolation)
    {
        var across = new byte[newWidth * height * channels];
        for (var x = 0; x < newWidth; x++)
        {
            var (start, weights) = Weights(width, newWidth, x, interpolation);
            for (var y = 0; y < height; y++)
                for (var c = 0; c < channels; c++)
                    across[(y * newWidth + x) * channels + c] = Sum(weights, k => input[(y * width + start + k) * channels + c]);
        }

        var down = new byte[newWidth * newHeight * channels];
        for (var y = 0; y < newHeight; y++)
        {
            var (start, weights) = Weights(height, newHeight, y, interpolation);
            for (var x = 0; x < newWidth; x++)
                for (var c = 0; c < channels; c++)
                    down[(y * newWidth + x) * channels + c] = Sum(weights, k => across[((start + k) * newWidth + x) * channels + c]);
        }

        return down;
    }

    private static (int Start, int[] Weights) Weights(int size, int newSize, int position, Interpolation interpolation)
    {
        var scale = (double)size / newSize;
        var stretch = scale > 1 ? scale : 1;
        var support = stretch * (interpolation == Interpolation.Bicubic ? 2 : 1);
        var center = (position + 0.5) * scale;
        var start = Math.Max(0, (int)(center - support + 0.5));
        var end = Math.Min(size, (int)(center + support + 0.5));
        var exact = Enumerable.Range(start, end - start).Select(i => Filter((i - center + 0.5) * (1 / stretch), interpolation)).ToArray();
        var sum = exact.Aggregate(0.0, (total, weight) => total + weight);
        return (start, [.. exact.Select(weight => (int)Math.Round(weight / sum * (1 << 22), MidpointRounding.AwayFromZero))]);
    }

    private static double Filter(double x, Interpolation interpolation)
    {
        x = Math.Abs(x);
        if (interpolation == Interpolation.Bilinear) return x < 1 ? 1 - x : 0;
        if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0;
    }

    private static byte Sum(int[] weights, Func<int, byte> sample)
    {
        var sum = 1L << 21;
        for (var k = 0; k < weights.Length; k++) sum += (long)weights[k] * sample(k);
        return (byte)Math.Clamp(sum >> 22, 0, 255);
    }
}
