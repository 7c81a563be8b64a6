namespace DermAssistant.Diagnosis;

/// <summary>A logistic regression on standardised values and their squares.</summary>
internal static class LogisticBorder
{
    private const int MaxSteps = 60;

    /// <summary>Fits by Newton's method with an L2 penalty on all but the intercept.</summary>
    /// <param name="groups">Standardised rows; each group weighs as its share says, however many rows it has.</param>
    /// <returns>Intercept, one weight a value, one a square.</returns>
    public static double[] Fit(IReadOnlyList<BorderGroup> groups, double penalty)
    {
        var rows = groups.SelectMany(group => group.Rows.Select(Expand)).ToArray();
        var foreign = groups.SelectMany(group => Enumerable.Repeat(group.Foreign, group.Rows.Count)).ToArray();
        var importances = groups.SelectMany(group => Enumerable.Repeat(group.Share / group.Rows.Count, group.Rows.Count)).ToArray();
        var size = rows[0].Length;
        var weights = new double[size];
        var loss = double.PositiveInfinity;
        for (var step = 0; step < MaxSteps; step++)
        {
            var gradient = new double[size];
            var hessian = new double[size, size];
            double current = 0;
            for (var n = 0; n < rows.Length; n++)
            {
                var (isForeign, importance) = (foreign[n], importances[n]);
                var odds = Dot(weights, rows[n]);
                var p = 1 / (1 + Math.Exp(-odds));
                current += importance * Softplus(isForeign ? -odds : odds);
                var (slope, curve) = (importance * (p - (isForeign ? 1 : 0)), importance * p * (1 - p));
                var row = rows[n];
                for (var i = 0; i < size; i++)
                {
                    gradient[i] += slope * row[i];
                    if (curve < 1e-12) continue;
                    var scaled = curve * row[i];
                    for (var j = 0; j <= i; j++) hessian[i, j] += scaled * row[j];
                }
            }
            for (var i = 0; i < size; i++)
            {
                // A trace of penalty on the intercept as well keeps the system solvable once both sides are apart.
                var hold = i == 0 ? 1e-9 : penalty;
                current += hold / 2 * weights[i] * weights[i];
                gradient[i] += hold * weights[i];
                hessian[i, i] += hold;
                for (var j = 0; j < i; j++) hessian[j, i] = hessian[i, j];
            }
            if (loss - current <= 1e-9 * Math.Abs(current)) break;
            loss = current;
            var direction = Cholesky.Factor(hessian, 1e-10).Solve(gradient);
            for (var i = 0; i < size; i++) weights[i] -= direction[i];
        }
        return weights;
    }

    public static double Dot(double[] weights, double[] row)
    {
        double sum = 0;
        for (var i = 0; i < row.Length; i++) sum += weights[i] * row[i];
        return sum;
    }

    /// <summary>1, the values, their squares.</summary>
    public static double[] Expand(double[] z)
    {
        var row = new double[(2 * z.Length) + 1];
        row[0] = 1;
        for (var i = 0; i < z.Length; i++)
        {
            row[1 + i] = z[i];
            row[1 + z.Length + i] = z[i] * z[i];
        }
        return row;
    }

    private static double Softplus(double x) => x > 30 ? x : Math.Log(1 + Math.Exp(x));
}

/// <summary>Pictures of one kind.</summary>
/// <param name="Rows">Standardised descriptions.</param>
/// <param name="Share">Of the total weight.</param>
internal sealed record BorderGroup(IReadOnlyList<double[]> Rows, bool Foreign, double Share);
