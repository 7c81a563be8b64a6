namespace DermAssistant.Imaging;

/// <summary>Neighbourhood operations on planes of a picture; all treat the four directions alike, so that turning the picture turns the result.</summary>
internal static class Morphology
{
    /// <summary>Grey closing with a square: removes dark detail thinner than the square, such as hairs and ruler ticks.</summary>
    public static float[] Close(float[] plane, int width, int height, int radius) =>
        Negative(Lightest(Negative(Lightest(plane, width, height, radius)), width, height, radius));

    /// <summary>Mean over a square of (2 * radius + 1) pixels a side, of the pixels that lie in the frame.</summary>
    public static float[] Blur(float[] plane, int width, int height, int radius)
    {
        var rows = new float[plane.Length];
        for (var y = 0; y < height; y++)
            BlurLine(plane, rows, y * width, 1, width, radius);
        var result = new float[plane.Length];
        for (var x = 0; x < width; x++)
            BlurLine(rows, result, x, width, height, radius);
        return result;
    }

    /// <summary>The mask grown by a disc.</summary>
    public static bool[] Dilate(bool[] mask, int width, int height, int radius)
    {
        var result = (bool[])mask.Clone();
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                // Discs around the mask's rim reach as far as discs around all of it.
                if (mask[y * width + x] && OnRim(mask, width, height, x, y))
                    Stamp(result, width, height, x, y, radius);
            }
        return result;
    }

    /// <summary>The mask shrunk by a disc; the frame's edge does not shrink it.</summary>
    public static bool[] Erode(bool[] mask, int width, int height, int radius) =>
        Array.ConvertAll(Dilate(Array.ConvertAll(mask, value => !value), width, height, radius), value => !value);

    /// <summary>Marks everything connected (4 neighbours) with one of the seeds through passable pixels.</summary>
    public static bool[] Flood(bool[] passable, int width, int height, IEnumerable<int> seeds)
    {
        var reached = new bool[passable.Length];
        var open = new Stack<int>();
        foreach (var seed in seeds)
        {
            if (!passable[seed] || reached[seed]) continue;
            reached[seed] = true;
            open.Push(seed);
        }
        while (open.TryPop(out var at))
        {
            int x = at % width, y = at / width;
            if (x > 0) Visit(at - 1);
            if (x < width - 1) Visit(at + 1);
            if (y > 0) Visit(at - width);
            if (y < height - 1) Visit(at + width);
        }
        return reached;

        void Visit(int index)
        {
            if (!passable[index] || reached[index]) return;
            reached[index] = true;
            open.Push(index);
        }
    }

    /// <summary>The mask with every hole that does not reach the frame filled.</summary>
    public static bool[] FillHoles(bool[] mask, int width, int height)
    {
        var outside = Flood(Array.ConvertAll(mask, value => !value), width, height, FrameIndices(width, height));
        return Array.ConvertAll(outside, value => !value);
    }

    /// <summary>The connected parts (4 neighbours) of a mask, each as its pixel indices.</summary>
    public static List<List<int>> Components(bool[] mask, int width, int height)
    {
        var parts = new List<List<int>>();
        var seen = new bool[mask.Length];
        for (var start = 0; start < mask.Length; start++)
        {
            if (!mask[start] || seen[start]) continue;
            var part = new List<int> { start };
            seen[start] = true;
            for (var next = 0; next < part.Count; next++)
            {
                var at = part[next];
                int x = at % width, y = at / width;
                if (x > 0) Visit(at - 1);
                if (x < width - 1) Visit(at + 1);
                if (y > 0) Visit(at - width);
                if (y < height - 1) Visit(at + width);
            }
            parts.Add(part);

            void Visit(int index)
            {
                if (!mask[index] || seen[index]) return;
                seen[index] = true;
                part.Add(index);
            }
        }
        return parts;
    }

    /// <summary>The indices of the outermost row and column of pixels on each side.</summary>
    public static IEnumerable<int> FrameIndices(int width, int height)
    {
        for (var x = 0; x < width; x++)
        {
            yield return x;
            yield return (height - 1) * width + x;
        }
        for (var y = 1; y < height - 1; y++)
        {
            yield return y * width;
            yield return y * width + width - 1;
        }
    }

    private static bool OnRim(bool[] mask, int width, int height, int x, int y)
    {
        var at = y * width + x;
        return (x > 0 && !mask[at - 1]) || (x < width - 1 && !mask[at + 1])
            || (y > 0 && !mask[at - width]) || (y < height - 1 && !mask[at + width]);
    }

    private static void Stamp(bool[] mask, int width, int height, int x, int y, int radius)
    {
        for (var row = Math.Max(0, y - radius); row <= Math.Min(height - 1, y + radius); row++)
        {
            // One more than the radius squared makes small discs round instead of pointed.
            var reach = (int)Math.Sqrt(radius * radius + 1 - (row - y) * (row - y));
            int first = Math.Max(0, x - reach), last = Math.Min(width - 1, x + reach);
            Array.Fill(mask, true, row * width + first, last - first + 1);
        }
    }

    private static float[] Lightest(float[] plane, int width, int height, int radius)
    {
        var rows = new float[plane.Length];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                int first = Math.Max(0, x - radius), last = Math.Min(width - 1, x + radius);
                var best = plane[y * width + first];
                for (var at = first + 1; at <= last; at++) best = Math.Max(best, plane[y * width + at]);
                rows[y * width + x] = best;
            }
        var result = (float[])rows.Clone();
        for (var y = 0; y < height; y++)
        {
            var row = result.AsSpan(y * width, width);
            for (var at = Math.Max(0, y - radius); at <= Math.Min(height - 1, y + radius); at++)
            {
                var other = rows.AsSpan(at * width, width);
                for (var x = 0; x < row.Length; x++) row[x] = Math.Max(row[x], other[x]);
            }
        }
        return result;
    }

    private static float[] Negative(float[] plane)
    {
        var result = new float[plane.Length];
        for (var i = 0; i < result.Length; i++) result[i] = -plane[i];
        return result;
    }

    private static void BlurLine(float[] from, float[] to, int start, int stride, int length, int radius)
    {
        for (var i = 0; i < length; i++)
        {
            int first = Math.Max(0, i - radius), last = Math.Min(length - 1, i + radius);
            var sum = 0f;
            for (var at = first; at <= last; at++) sum += from[start + at * stride];
            to[start + i * stride] = sum / (last - first + 1);
        }
    }
}
