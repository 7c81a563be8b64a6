using System.Numerics.Tensors;

namespace DermAssistant.DermLip;

/// <summary>Multi-head attention in plain loops.</summary>
internal static class PlainAttention
{
    /// <summary>Self-attention over rows [count * length, 3 * width] that hold q, k and v side by side.</summary>
    /// <param name="allowed">Whether a query position may see a key position of text number three.</param>
    public static float[] SelfAttention(float[] qkv, int count, int length, int width, int heads, Func<int, int, int, bool> allowed)
    {
        var result = new float[count * length * width];
        for (var item = 0; item < count; item++)
        {
            var rows = qkv.AsSpan(item * length * 3 * width, length * 3 * width);
            float[] Third(ReadOnlySpan<float> source, int part)
            {
                var third = new float[length * width];
                for (var row = 0; row < length; row++)
                    source.Slice((row * 3 + part) * width, width).CopyTo(third.AsSpan(row * width));
                return third;
            }

            var number = item;
            Attend(Third(rows, 0), Third(rows, 1), Third(rows, 2), length, length, width, heads, (query, key) => allowed(query, key, number))
                .CopyTo(result.AsSpan(item * length * width));
        }

        return result;
    }

    /// <summary>softmax(q k^T / sqrt(d)) v over heads, for queries [queries, width] and keys and values [keys, width].</summary>
    public static float[] Attend(float[] q, float[] k, float[] v, int queries, int keys, int width, int heads, Func<int, int, bool> allowed)
    {
        var depth = width / heads;
        var scale = 1 / Math.Sqrt(depth);
        var result = new float[queries * width];
        Parallel.For(0, heads * queries, item =>
        {
            var (head, query) = (item / queries, item % queries);
            var scores = new double[keys];
            var highest = double.NegativeInfinity;
            for (var key = 0; key < keys; key++)
            {
                scores[key] = allowed(query, key)
                    ? scale * TensorPrimitives.Dot(q.AsSpan(query * width + head * depth, depth), k.AsSpan(key * width + head * depth, depth))
                    : double.NegativeInfinity;
                highest = Math.Max(highest, scores[key]);
            }

            var sum = 0.0;
            for (var key = 0; key < keys; key++)
                sum += scores[key] = Math.Exp(scores[key] - highest);
            var output = result.AsSpan(query * width + head * depth, depth);
            for (var key = 0; key < keys; key++)
                TensorPrimitives.MultiplyAdd(v.AsSpan(key * width + head * depth, depth), (float)(scores[key] / sum), output, output);
        });
        return result;
    }
}
