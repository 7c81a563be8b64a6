namespace DermAssistant.Diagnosis;

/// <summary>Fits temperature and class biases by maximum likelihood.</summary>
/// <remarks>
/// Minimises -sum log softmax(b * logits + c)[label] + strength / 2 * |c - log prior|^2 over b = 1 / temperature and c by Newton's method with
/// step halving. The loss is convex, so the result does not depend on a start or on the order of the photos beyond rounding.
/// </remarks>
internal static class ProbabilityFit
{
    private const int MaxSteps = 100;
    private const double LeastSlope = 1e-3;

    public static (double Temperature, double[] LogBias) Fit(
        IReadOnlyList<double[]> logits, IReadOnlyList<int> labels, IReadOnlyList<double> prior, double strength)
    {
        var classes = prior.Count;
        var target = prior.Select(share => Math.Log(share)).ToArray();
        // Index 0 is the slope, the biases follow.
        var x = new double[classes + 1];
        x[0] = 0.1;
        target.CopyTo(x, 1);
        var loss = Loss(x, logits, labels, target, strength);
        for (var step = 0; step < MaxSteps; step++)
        {
            var (gradient, hessian) = Derivatives(x, logits, labels, target, strength);
            var direction = Cholesky.Factor(hessian, 1e-9).Solve(gradient);
            var (next, nextLoss) = Descend(x, direction, loss, logits, labels, target, strength);
            if (loss - nextLoss <= 1e-12 * Math.Max(1, Math.Abs(loss))) break;
            (x, loss) = (next, nextLoss);
        }
        return (1 / x[0], x[1..]);
    }

    /// <summary>Class shares with half a photo added to each, so that no class is impossible.</summary>
    public static double[] Prior(IReadOnlyList<int> labels, int classes)
    {
        var prior = new double[classes];
        foreach (var label in labels) prior[label]++;
        for (var i = 0; i < classes; i++) prior[i] = (prior[i] + 0.5) / (labels.Count + (0.5 * classes));
        return prior;
    }

    private static (double[] X, double Loss) Descend(
        double[] x, double[] direction, double loss, IReadOnlyList<double[]> logits, IReadOnlyList<int> labels, double[] target, double strength)
    {
        for (var scale = 1.0; scale > 1e-10; scale /= 2)
        {
            var next = new double[x.Length];
            for (var i = 0; i < x.Length; i++) next[i] = x[i] - (scale * direction[i]);
            next[0] = Math.Max(next[0], LeastSlope);
            var nextLoss = Loss(next, logits, labels, target, strength);
            if (nextLoss < loss) return (next, nextLoss);
        }
        return (x, loss);
    }

    private static double Loss(double[] x, IReadOnlyList<double[]> logits, IReadOnlyList<int> labels, double[] target, double strength)
    {
        double loss = 0;
        for (var n = 0; n < logits.Count; n++) loss -= Math.Log(Math.Max(Probabilities(x, logits[n])[labels[n]], 1e-300));
        for (var i = 0; i < target.Length; i++) loss += strength / 2 * (x[i + 1] - target[i]) * (x[i + 1] - target[i]);
        return loss;
    }

    private static (double[] Gradient, double[,] Hessian) Derivatives(
        double[] x, IReadOnlyList<double[]> logits, IReadOnlyList<int> labels, double[] target, double strength)
    {
        var classes = target.Length;
        var gradient = new double[classes + 1];
        var hessian = new double[classes + 1, classes + 1];
        for (var n = 0; n < logits.Count; n++)
        {
            var z = logits[n];
            var p = Probabilities(x, z);
            double mean = 0, squares = 0;
            for (var i = 0; i < classes; i++)
            {
                mean += p[i] * z[i];
                squares += p[i] * z[i] * z[i];
            }
            gradient[0] += mean - z[labels[n]];
            hessian[0, 0] += squares - (mean * mean);
            for (var i = 0; i < classes; i++)
            {
                gradient[i + 1] += p[i] - (i == labels[n] ? 1 : 0);
                hessian[0, i + 1] += p[i] * (z[i] - mean);
                hessian[i + 1, i + 1] += p[i];
                for (var j = 0; j < classes; j++) hessian[i + 1, j + 1] -= p[i] * p[j];
            }
        }
        for (var i = 0; i < classes; i++)
        {
            gradient[i + 1] += strength * (x[i + 1] - target[i]);
            hessian[i + 1, i + 1] += strength;
            hessian[i + 1, 0] = hessian[0, i + 1];
        }
        return (gradient, hessian);
    }

    private static double[] Probabilities(double[] x, double[] logits) => PackCalibration.Probabilities(logits, 1 / x[0], x[1..]);
}
