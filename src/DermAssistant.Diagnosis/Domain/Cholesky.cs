namespace DermAssistant.Diagnosis;

/// <summary>The lower triangular factor of a positive definite matrix.</summary>
internal sealed class Cholesky
{
    private readonly double[,] _lower;

    private Cholesky(double[,] lower) => _lower = lower;

    public int Size => _lower.GetLength(0);

    public double this[int row, int column] => _lower[row, column];

    /// <summary>Factors a symmetric matrix; <paramref name="ridge"/> times its largest diagonal entry is added to the diagonal.</summary>
    public static Cholesky Factor(double[,] matrix, double ridge = 0)
    {
        var n = matrix.GetLength(0);
        double largest = 0;
        for (var i = 0; i < n; i++) largest = Math.Max(largest, matrix[i, i]);
        var floor = Math.Max(1e-12 * largest, 1e-300);
        var lower = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j] + (i == j ? ridge * largest : 0);
                for (var k = 0; k < j; k++) sum -= lower[i, k] * lower[j, k];
                lower[i, j] = i == j ? Math.Sqrt(Math.Max(sum, floor)) : sum / lower[j, j];
            }
        return new Cholesky(lower);
    }

    /// <summary>The y with L y = x; its squared length is the squared Mahalanobis length of x.</summary>
    public double[] Whiten(ReadOnlySpan<double> x)
    {
        var y = new double[Size];
        for (var i = 0; i < y.Length; i++)
        {
            var sum = x[i];
            for (var k = 0; k < i; k++) sum -= _lower[i, k] * y[k];
            y[i] = sum / _lower[i, i];
        }
        return y;
    }

    /// <summary>The x with L L' x = b.</summary>
    public double[] Solve(ReadOnlySpan<double> b)
    {
        var x = Whiten(b);
        for (var i = x.Length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < x.Length; k++) x[i] -= _lower[k, i] * x[k];
            x[i] /= _lower[i, i];
        }
        return x;
    }
}
