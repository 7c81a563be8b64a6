namespace DermAssistant.Diagnosis;

/// <summary>Chooses the method and quantile of prediction sets.</summary>
internal static class ConformalFit
{
    /// <summary>How far measured coverage may be from the promise for a method to be chosen for its small sets.</summary>
    private const double Tolerance = 0.03;

    /// <summary>Fits on probabilities that were made without the photo's own label (cross-fitted), one fold number a photo.</summary>
    public static ConformalCalibration Fit(IReadOnlyList<double[]> probabilities, IReadOnlyList<int> labels, IReadOnlyList<int> folds, double coverage)
    {
        var lac = Measure(ConformalMethod.Lac, probabilities, labels, folds, coverage);
        var aps = Measure(ConformalMethod.Aps, probabilities, labels, folds, coverage);
        bool lacKeeps = Keeps(lac, coverage), apsKeeps = Keeps(aps, coverage);
        if (lacKeeps != apsKeeps) return lacKeeps ? lac : aps;
        return aps.HeldOutMeanSize < lac.HeldOutMeanSize ? aps : lac;
    }

    private static bool Keeps(ConformalCalibration fit, double coverage) => Math.Abs(fit.HeldOutCoverage - coverage) <= Tolerance;

    private static ConformalCalibration Measure(
        ConformalMethod method, IReadOnlyList<double[]> probabilities, IReadOnlyList<int> labels, IReadOnlyList<int> folds, double coverage)
    {
        var scores = probabilities.Select((p, i) => Conformal.Scores(p, method)[labels[i]]).ToArray();
        int covered = 0, size = 0;
        foreach (var fold in folds.Distinct())
        {
            var quantile = Conformal.Quantile(scores.Where((_, i) => folds[i] != fold), coverage);
            for (var i = 0; i < scores.Length; i++)
            {
                if (folds[i] != fold) continue;
                if (scores[i] <= quantile) covered++;
                size += Conformal.Set(probabilities[i], method, quantile).Length;
            }
        }
        // Scores end at 1, so a quantile of 1 stands for "every label" where there are too few photos to promise less.
        var final = Math.Min(1, Conformal.Quantile(scores, coverage));
        return new ConformalCalibration(method, coverage, final, (double)covered / scores.Length, (double)size / scores.Length);
    }
}
