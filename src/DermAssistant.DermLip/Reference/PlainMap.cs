using System.Numerics.Tensors;

namespace DermAssistant.DermLip;

/// <summary>A feature map in plain arrays, [channels, height, width].</summary>
internal sealed record PlainMap(int Channels, int Height, int Width, float[] Values)
{
    /// <summary>A convolution without bias, padded with zeros by half the kernel.</summary>
    /// <param name="weight">[outputs, Channels, kernel, kernel].</param>
    public PlainMap Convolve(float[] weight, int outputs, int kernel, int stride)
    {
        var pad = kernel / 2;
        var height = (Height + 2 * pad - kernel) / stride + 1;
        var width = (Width + 2 * pad - kernel) / stride + 1;
        var size = Channels * kernel * kernel;
        var result = new float[outputs * height * width];
        Parallel.For(0, height, y =>
        {
            var patch = new float[size];
            for (var x = 0; x < width; x++)
            {
                Gather(patch, y * stride - pad, x * stride - pad, kernel);
                for (var output = 0; output < outputs; output++)
                    result[(output * height + y) * width + x] = TensorPrimitives.Dot(weight.AsSpan(output * size, size), patch);
            }
        });
        return new PlainMap(outputs, height, width, result);
    }

    private void Gather(float[] patch, int top, int left, int kernel)
    {
        var next = 0;
        for (var channel = 0; channel < Channels; channel++)
            for (var y = top; y < top + kernel; y++)
                for (var x = left; x < left + kernel; x++)
                    patch[next++] = y >= 0 && y < Height && x >= 0 && x < Width ? Values[(channel * Height + y) * Width + x] : 0;
    }

    /// <summary>scale * x + shift, a channel at a time.</summary>
    public PlainMap Scale(double[] scale, double[] shift)
    {
        var result = new float[Values.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var channel = i / (Height * Width);
            result[i] = (float)(scale[channel] * Values[i] + shift[channel]);
        }

        return this with { Values = result };
    }

    public PlainMap Relu() => this with { Values = Array.ConvertAll(Values, value => Math.Max(value, 0)) };

    public PlainMap Plus(PlainMap other) => this with { Values = [.. Values.Zip(other.Values, (a, b) => a + b)] };

    /// <summary>The mean of squares of <paramref name="size"/> places; what does not fill a square is dropped.</summary>
    public PlainMap AveragePool(int size)
    {
        if (size == 1) return this;
        int height = Height / size, width = Width / size;
        var result = new float[Channels * height * width];
        for (var channel = 0; channel < Channels; channel++)
            for (var y = 0; y < height * size; y++)
                for (var x = 0; x < width * size; x++)
                    result[(channel * height + y / size) * width + x / size] += Values[(channel * Height + y) * Width + x] / (size * size);
        return new PlainMap(Channels, height, width, result);
    }
}
