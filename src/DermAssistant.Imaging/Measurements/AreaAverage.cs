namespace DermAssistant.Imaging;

/// <summary>Scales a picture down by averaging the area each new pixel covers.</summary>
internal static class AreaAverage
{
    /// <summary>The picture with its longest side at most <paramref name="longestSide"/>; a smaller one is returned as it is.</summary>
    public static RgbImage Shrink(RgbImage image, int longestSide)
    {
        var longest = Math.Max(image.Width, image.Height);
        if (longest <= longestSide) return image;
        var width = Math.Max(1, (int)Math.Round((double)image.Width * longestSide / longest));
        var height = Math.Max(1, (int)Math.Round((double)image.Height * longestSide / longest));
        var rows = ShrinkRows(image, width);
        return ShrinkColumns(rows, width, image.Height, height);
    }

    private static float[] ShrinkRows(RgbImage image, int width)
    {
        var result = new float[width * image.Height * 3];
        var step = (double)image.Width / width;
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < width; x++)
            {
                double from = x * step, to = Math.Min(image.Width, from + step);
                var output = (y * width + x) * 3;
                for (var source = (int)from; source < to; source++)
                {
                    var share = (float)((Math.Min(to, source + 1) - Math.Max(from, source)) / step);
                    var input = (y * image.Width + source) * 3;
                    for (var c = 0; c < 3; c++) result[output + c] += share * image.Pixels[input + c];
                }
            }
        return result;
    }

    private static RgbImage ShrinkColumns(float[] rows, int width, int sourceHeight, int height)
    {
        var pixels = new byte[width * height * 3];
        var step = (double)sourceHeight / height;
        var sums = new float[width * 3];
        for (var y = 0; y < height; y++)
        {
            Array.Clear(sums);
            double from = y * step, to = Math.Min(sourceHeight, from + step);
            for (var source = (int)from; source < to; source++)
            {
                var share = (float)((Math.Min(to, source + 1) - Math.Max(from, source)) / step);
                for (var i = 0; i < sums.Length; i++) sums[i] += share * rows[source * sums.Length + i];
            }
            for (var i = 0; i < sums.Length; i++)
                pixels[y * sums.Length + i] = (byte)Math.Clamp(MathF.Round(sums[i]), 0, 255);
        }
        return new RgbImage(width, height, pixels);
    }
}
