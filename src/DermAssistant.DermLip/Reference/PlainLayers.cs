using System.Numerics.Tensors;

namespace DermAssistant.DermLip;

/// <summary>Layers in plain loops over arrays, for the forward pass the ONNX graphs are held to.</summary>
/// <remarks>Written for being checked by eye; shares nothing with the graphs but the state dict. Products run over
/// contiguous rows in parallel, so that a full-size tower takes seconds.</remarks>
internal static class PlainLayers
{
    private const int RowBlock = 32;

    /// <summary>x W^T + b; rows [n, inputs], weight [outputs, inputs].</summary>
    public static float[] Linear(float[] rows, int inputs, float[] weight, float[]? bias)
    {
        var n = rows.Length / inputs;
        var outputs = weight.Length / inputs;
        var result = new float[n * outputs];
        Parallel.For(0, (n + RowBlock - 1) / RowBlock, block =>
        {
            var end = Math.Min(n, (block + 1) * RowBlock);
            for (var output = 0; output < outputs; output++)
            {
                var w = weight.AsSpan(output * inputs, inputs);
                var b = bias?[output] ?? 0;
                for (var row = block * RowBlock; row < end; row++)
                    result[row * outputs + output] = TensorPrimitives.Dot(rows.AsSpan(row * inputs, inputs), w) + b;
            }
        });
        return result;
    }

    /// <summary>(x - mean) / sqrt(variance + epsilon) * weight + bias over each row, with the biased variance.</summary>
    public static float[] LayerNorm(float[] rows, float[] weight, float[] bias, double epsilon)
    {
        var width = weight.Length;
        var result = new float[rows.Length];
        Parallel.For(0, rows.Length / width, row =>
        {
            var x = rows.AsSpan(row * width, width);
            double sum = 0, squares = 0;
            foreach (var value in x) sum += value;
            var mean = sum / width;
            foreach (var value in x) squares += (value - mean) * (value - mean);
            var scale = 1 / Math.Sqrt(squares / width + epsilon);
            for (var i = 0; i < width; i++)
                result[row * width + i] = (float)((x[i] - mean) * scale * weight[i] + bias[i]);
        });
        return result;
    }

    /// <summary>x Phi(x) with the exact normal distribution, or x sigmoid(1.702 x); in place.</summary>
    public static void Gelu(float[] values, bool quick) => Parallel.For(0, (values.Length + 4095) / 4096, block =>
    {
        foreach (ref var value in values.AsSpan(block * 4096, Math.Min(4096, values.Length - block * 4096)))
            value = quick
                ? (float)(value / (1 + Math.Exp(-1.702 * value)))
                : (float)(0.5 * value * (1 + ErrorFunction.Erf(value / Math.Sqrt(2))));
    });

    public static void AddTo(Span<float> rows, ReadOnlySpan<float> more) => TensorPrimitives.Add(rows, more, rows);

    /// <summary>Each row of length <paramref name="width"/> over max(its L2 norm, 1e-12); in place.</summary>
    public static void Normalize(Span<float> rows, int width)
    {
        for (var start = 0; start < rows.Length; start += width)
        {
            var row = rows.Slice(start, width);
            var squares = 0.0;
            foreach (var value in row) squares += (double)value * value;
            var norm = Math.Max(Math.Sqrt(squares), 1e-12);
            foreach (ref var value in row) value = (float)(value / norm);
        }
    }

    /// <summary>The transpose of a [rows, columns] matrix.</summary>
    public static float[] Transposed(float[] matrix, int rows, int columns)
    {
        var result = new float[matrix.Length];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
                result[column * rows + row] = matrix[row * columns + column];
        return result;
    }

    /// <summary>The rows of a table that the tokens name.</summary>
    public static float[] Lookup(ReadOnlySpan<long> tokens, float[] table, int width)
    {
        var rows = new float[tokens.Length * width];
        for (var i = 0; i < tokens.Length; i++)
            table.AsSpan((int)tokens[i] * width, width).CopyTo(rows.AsSpan(i * width));
        return rows;
    }

    /// <summary>The tokens of a vision transformer: the class token, then one a patch in row-major order, positions added.</summary>
    /// <param name="kernel">[width, 3, patch, patch].</param>
    public static float[] PatchTokens(
        ReadOnlySpan<float> pixels, int count, int imageSize, int patchSize, float[] kernel, float[]? bias, float[] classToken, float[] positions)
    {
        var width = classToken.Length;
        var grid = imageSize / patchSize;
        var tokens = new float[count * (grid * grid + 1) * width];
        var size = 3 * imageSize * imageSize;
        for (var image = 0; image < count; image++)
        {
            var patches = Patches(pixels.Slice(image * size, size), imageSize, patchSize);
            var embedded = Linear(patches, 3 * patchSize * patchSize, kernel, bias);
            var rows = tokens.AsSpan(image * (grid * grid + 1) * width, (grid * grid + 1) * width);
            classToken.CopyTo(rows);
            embedded.CopyTo(rows[width..]);
            AddTo(rows, positions);
        }

        return tokens;
    }

    /// <summary>The pixels of each patch in the order of a kernel, [grid * grid, 3 * patch * patch].</summary>
    private static float[] Patches(ReadOnlySpan<float> pixels, int imageSize, int patchSize)
    {
        var grid = imageSize / patchSize;
        var patches = new float[grid * grid * 3 * patchSize * patchSize];
        var next = 0;
        for (var patch = 0; patch < grid * grid; patch++)
            for (var channel = 0; channel < 3; channel++)
                for (var y = 0; y < patchSize; y++)
                {
                    var from = (channel * imageSize + patch / grid * patchSize + y) * imageSize + patch % grid * patchSize;
                    pixels.Slice(from, patchSize).CopyTo(patches.AsSpan(next));
                    next += patchSize;
                }

        return patches;
    }

    /// <summary>Parts the first row of each image from the others.</summary>
    public static (float[] First, float[] Others) SplitClassToken(float[] rows, int count, int length, int width)
    {
        var first = new float[count * width];
        var others = new float[count * (length - 1) * width];
        for (var image = 0; image < count; image++)
        {
            rows.AsSpan(image * length * width, width).CopyTo(first.AsSpan(image * width));
            rows.AsSpan((image * length + 1) * width, (length - 1) * width).CopyTo(others.AsSpan(image * (length - 1) * width));
        }

        return (first, others);
    }
}
