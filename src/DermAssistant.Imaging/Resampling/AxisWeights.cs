namespace DermAssistant.Imaging.Resampling;

/// <summary>For each output sample along one axis: which input samples it is made of, and with which fixed-point weights.</summary>
/// <remarks>
/// The antialiased separable resampling of Pillow (ImagingResample): the filter is stretched by the scale when shrinking, weights are
/// normalised in double precision and rounded half away from zero to <see cref="FractionBits"/> bits.
/// Every output sample has the same number of <see cref="Taps"/>; samples that need fewer carry zero weights.
/// </remarks>
internal sealed class AxisWeights
{
    /// <summary>Fraction bits of a weight: 32 bits less 8 of the sample and 2 for overshoot.</summary>
    public const int FractionBits = 22;

    private AxisWeights(int taps, int[] starts, int[] weights)
    {
        Taps = taps;
        Starts = starts;
        Weights = weights;
    }

    /// <summary>Input samples an output sample.</summary>
    public int Taps { get; }

    /// <summary>First input sample of each output sample.</summary>
    public int[] Starts { get; }

    /// <summary>[Starts.Length, Taps].</summary>
    public int[] Weights { get; }

    /// <summary>First input sample that any output sample needs.</summary>
    public int First => Starts[0];

    /// <summary>One past the last input sample that any output sample needs.</summary>
    public int End => Starts[^1] + Taps;

    /// <summary>Weights for <paramref name="count"/> output samples from <paramref name="first"/> on.</summary>
    /// <param name="inputSize">Samples along the axis before resampling, at least 1.</param>
    /// <param name="outputSize">Samples of the whole axis after resampling, at least 1.</param>
    /// <param name="multipleOf">Rounds the taps up to a multiple of this, as far as the input reaches.</param>
    public static AxisWeights Create(int inputSize, int outputSize, Interpolation interpolation, int first, int count, int multipleOf = 1)
    {
        var scale = (double)inputSize / outputSize;
        var filterScale = Math.Max(scale, 1.0);
        var support = (interpolation == Interpolation.Bicubic ? 2.0 : 1.0) * filterScale;
        var most = Math.Min((int)Math.Ceiling(support) * 2 + 1, inputSize);
        var taps = Math.Min((most + multipleOf - 1) / multipleOf * multipleOf, inputSize);
        var starts = new int[count];
        var weights = new int[count * taps];
        var exact = new double[most];
        for (var i = 0; i < count; i++)
        {
            var center = (first + i + 0.5) * scale;
            var start = Math.Max((int)(center - support + 0.5), 0);
            var used = Math.Min((int)(center + support + 0.5), inputSize) - start;
            Weigh(exact.AsSpan(0, used), interpolation, start, center, 1.0 / filterScale);
            // Near the end, start earlier so that all taps lie inside the input.
            starts[i] = Math.Min(start, inputSize - taps);
            var row = weights.AsSpan(i * taps + start - starts[i], used);
            for (var k = 0; k < used; k++)
                row[k] = ToFixed(exact[k]);
        }

        return new AxisWeights(taps, starts, weights);
    }

    private static void Weigh(Span<double> weights, Interpolation interpolation, int start, double center, double stretch)
    {
        var sum = 0.0;
        for (var k = 0; k < weights.Length; k++)
        {
            // Summed in this order, as the last bit decides how a weight is rounded.
            var x = Math.Abs((k + start - center + 0.5) * stretch);
            sum += weights[k] = interpolation == Interpolation.Bicubic ? Cubic(x) : Math.Max(1.0 - x, 0.0);
        }

        if (sum == 0.0) return;
        for (var k = 0; k < weights.Length; k++)
            weights[k] /= sum;
    }

    /// <summary>The cubic convolution kernel with a = -0.5 (Keys 1981).</summary>
    private static double Cubic(double x)
    {
        const double A = -0.5;
        if (x < 1.0) return ((A + 2.0) * x - (A + 3.0)) * x * x + 1;
        return x < 2.0 ? (((x - 5) * x + 8) * x - 4) * A : 0.0;
    }

    private static int ToFixed(double weight) =>
        (int)(weight * (1 << FractionBits) + (weight < 0 ? -0.5 : 0.5));
}
