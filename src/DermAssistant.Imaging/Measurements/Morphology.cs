using System.Buffers;

namespace DermAssistant.Imaging;

/// <summary>Neighbourhood operations on planes of a picture; all treat the four directions alike, so that turning the picture turns the result.</summary>
internal static class Morphology
{
    // Scratch is borrowed: arrays of this size cost a full garbage collection every few photos.
    private static readonly ArrayPool<float> Planes = ArrayPool<float>.Shared;
    private static readonly ArrayPool<int> Queues = ArrayPool<int>.Shared;

    /// <summary>Grey closing with a square: removes dark detail thinner than the square, such as hairs and ruler ticks.</summary>
    public static float[] Close(float[] plane, int width, int height, int radius) =>
        Extreme(Extreme(plane, width, height, radius, lightest: true), width, height, radius, lightest: false);

    /// <summary>Mean over a square of (2 * radius + 1) pixels a side, of the pixels that lie in the frame, taken several times over.</summary>
    public static float[] Blur(float[] plane, int width, int height, int radius, int times)
    {
        var result = new float[plane.Length];
        var rows = Planes.Rent(plane.Length);
        for (var time = 0; time < times; time++)
        {
            var from = time == 0 ? plane : result;
            for (var y = 0; y < height; y++)
                BlurLine(from, rows, y * width, 1, width, radius);
            for (var x = 0; x < width; x++)
                BlurLine(rows, result, x, width, height, radius);
        }
        Planes.Return(rows);
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
        var queue = Queues.Rent(passable.Length);
        foreach (var seed in seeds)
            Spread(passable, reached, queue, width, height, seed);
        Queues.Return(queue);
        return reached;
    }

    /// <summary>The mask with every hole that does not reach the frame filled.</summary>
    public static bool[] FillHoles(bool[] mask, int width, int height)
    {
        var outside = Flood(Array.ConvertAll(mask, value => !value), width, height, FrameIndices(width, height));
        return Array.ConvertAll(outside, value => !value);
    }

    /// <summary>The connected parts (4 neighbours) of a mask, each as its pixel indices.</summary>
    public static List<int[]> Components(bool[] mask, int width, int height)
    {
        var parts = new List<int[]>();
        var seen = new bool[mask.Length];
        var queue = Queues.Rent(mask.Length);
        for (var start = 0; start < mask.Length; start++)
        {
            var count = Spread(mask, seen, queue, width, height, start);
            if (count > 0) parts.Add(queue[..count]);
        }
        Queues.Return(queue);
        return parts;
    }

    /// <summary>The indices of the pixels of a mask.</summary>
    public static int[] IndicesOf(bool[] mask)
    {
        var indices = new int[mask.Count(value => value)];
        for (int i = 0, next = 0; i < mask.Length; i++)
            if (mask[i]) indices[next++] = i;
        return indices;
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

    /// <summary>Lists a seed, if it is passable and new, and all it is connected with in the queue; returns how many.</summary>
    private static int Spread(bool[] passable, bool[] reached, int[] queue, int width, int height, int seed)
    {
        if (!passable[seed] || reached[seed]) return 0;
        reached[seed] = true;
        int next = 0, end = 0;
        queue[end++] = seed;
        while (next < end)
        {
            var at = queue[next++];
            var x = at % width;
            if (x > 0 && passable[at - 1] && !reached[at - 1]) reached[queue[end++] = at - 1] = true;
            if (x < width - 1 && passable[at + 1] && !reached[at + 1]) reached[queue[end++] = at + 1] = true;
            if (at >= width && passable[at - width] && !reached[at - width]) reached[queue[end++] = at - width] = true;
            if (at < (height - 1) * width && passable[at + width] && !reached[at + width]) reached[queue[end++] = at + width] = true;
        }
        return end;
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

    /// <summary>The lightest, or else the darkest, value in a square around each pixel.</summary>
    private static float[] Extreme(float[] plane, int width, int height, int radius, bool lightest)
    {
        var result = new float[plane.Length];
        var rows = Planes.Rent(plane.Length);
        for (var y = 0; y < height; y++)
        {
            var from = plane.AsSpan(y * width, width);
            var to = rows.AsSpan(y * width, width);
            from.CopyTo(to);
            for (var shift = 1; shift <= Math.Min(radius, width - 1); shift++)
            {
                Pick(to[shift..], from[..^shift], lightest);
                Pick(to[..^shift], from[shift..], lightest);
            }
        }
        for (var y = 0; y < height; y++)
        {
            var to = result.AsSpan(y * width, width);
            rows.AsSpan(y * width, width).CopyTo(to);
            for (var row = Math.Max(0, y - radius); row <= Math.Min(height - 1, y + radius); row++)
                Pick(to, rows.AsSpan(row * width, width), lightest);
        }
        Planes.Return(rows);
        return result;
    }

    private static void Pick(Span<float> values, ReadOnlySpan<float> others, bool lightest)
    {
        if (lightest)
            for (var i = 0; i < values.Length; i++) values[i] = Math.Max(values[i], others[i]);
        else
            for (var i = 0; i < values.Length; i++) values[i] = Math.Min(values[i], others[i]);
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
