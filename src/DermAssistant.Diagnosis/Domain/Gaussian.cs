namespace DermAssistant.Diagnosis;

/// <summary>Normal distributions with several centres and one shared covariance, to tell how far a point lies from all of them.</summary>
/// <remarks>
/// The covariance is shrunk towards a multiple of the identity: (1 - s) C + s (trace C / d) I with s = min(1, d / n), so that it can be
/// inverted with few points.
/// </remarks>
internal sealed class Gaussian
{
    private readonly double[][] _centres;
    private readonly double[] _inverse;

    private Gaussian(double[][] centres, double[] inverse) => (_centres, _inverse) = (centres, inverse);

    /// <summary>Fits centres of the groups and the covariance around them.</summary>
    public static Gaussian Fit(IReadOnlyList<double[]> points, IReadOnlyList<int> groups)
    {
        var dimension = points[0].Length;
        var used = groups.Distinct().Order().ToArray();
        var centres = used.Select(group => Mean([.. points.Where((_, i) => groups[i] == group)])).ToArray();
        var covariance = new double[dimension, dimension];
        for (var n = 0; n < points.Count; n++)
        {
            var centre = centres[Array.IndexOf(used, groups[n])];
            for (var i = 0; i < dimension; i++)
                for (var j = 0; j <= i; j++)
                    covariance[i, j] += (points[n][i] - centre[i]) * (points[n][j] - centre[j]) / points.Count;
        }
        double trace = 0;
        for (var i = 0; i < dimension; i++) trace += covariance[i, i];
        var shrinkage = Math.Min(1, (double)dimension / points.Count);
        for (var i = 0; i < dimension; i++)
            for (var j = 0; j <= i; j++)
            {
                covariance[i, j] = ((1 - shrinkage) * covariance[i, j]) + (i == j ? shrinkage * trace / dimension : 0);
                covariance[j, i] = covariance[i, j];
            }
        return new Gaussian(centres, InverseOf(Cholesky.Factor(covariance, 1e-9)));
    }

    public static Gaussian Unpack(GaussianStatistics statistics)
    {
        var centres = PackedFloats.Unpack(statistics.Centres, statistics.Count * statistics.Dimension);
        return new Gaussian(
            [.. Enumerable.Range(0, statistics.Count).Select(i => centres[(i * statistics.Dimension)..((i + 1) * statistics.Dimension)])],
            PackedFloats.Unpack(statistics.Whitening, statistics.Dimension * (statistics.Dimension + 1) / 2));
    }

    public GaussianStatistics Pack() =>
        new(_centres.Length, _centres[0].Length, PackedFloats.Pack([.. _centres.SelectMany(c => c)]), PackedFloats.Pack(_inverse));

    /// <summary>The Mahalanobis distance to the nearest centre, divided by the root of the dimension: about 1 for points of the kind fitted on.</summary>
    public double Distance(ReadOnlySpan<double> point)
    {
        var dimension = point.Length;
        var smallest = double.PositiveInfinity;
        var difference = new double[dimension];
        foreach (var centre in _centres)
        {
            for (var i = 0; i < dimension; i++) difference[i] = point[i] - centre[i];
            double squares = 0;
            for (int i = 0, at = 0; i < dimension; i++)
            {
                double sum = 0;
                for (var j = 0; j <= i; j++) sum += _inverse[at++] * difference[j];
                squares += sum * sum;
            }
            smallest = Math.Min(smallest, squares);
        }
        return Math.Sqrt(smallest / dimension);
    }

    private static double[] Mean(double[][] points)
    {
        var mean = new double[points[0].Length];
        foreach (var point in points)
            for (var i = 0; i < mean.Length; i++) mean[i] += point[i] / points.Length;
        return mean;
    }

    /// <summary>The inverse of the factor, row by row, lower triangle only.</summary>
    private static double[] InverseOf(Cholesky factor)
    {
        var n = factor.Size;
        var columns = new double[n][];
        for (var column = 0; column < n; column++)
        {
            var unit = new double[n];
            unit[column] = 1;
            columns[column] = factor.Whiten(unit);
        }
        var inverse = new double[n * (n + 1) / 2];
        for (int i = 0, at = 0; i < n; i++)
            for (var j = 0; j <= i; j++) inverse[at++] = columns[j][i];
        return inverse;
    }
}
