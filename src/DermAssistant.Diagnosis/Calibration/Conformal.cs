namespace DermAssistant.Diagnosis;

/// <summary>Split conformal prediction sets over probabilities, without randomisation.</summary>
/// <remarks>
/// The most probable label always scores 0 and so is always in the set. For the others the score is 1 - p (LAC: Sadinle, Lei and Wasserman
/// 2019) or the mass ranked before the label (APS: Romano, Sesia and Candès 2020). Equal probabilities rank by index. Any fixed score keeps the
/// guarantee: with the ceil((n + 1) * coverage)-th smallest score of n exchangeable photos, the truth of a new photo is in the set with at
/// least that coverage.
/// </remarks>
internal static class Conformal
{
    /// <summary>The nonconformity score of every label.</summary>
    public static double[] Scores(ReadOnlySpan<double> probabilities, ConformalMethod method)
    {
        var order = Order(probabilities);
        var scores = new double[probabilities.Length];
        double before = 0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            var label = order[rank];
            scores[label] = rank == 0 ? 0 : method == ConformalMethod.Aps ? before : 1 - probabilities[label];
            before += probabilities[label];
        }
        return scores;
    }

    /// <summary>The indices of the labels in the set, most probable first.</summary>
    public static int[] Set(ReadOnlySpan<double> probabilities, ConformalMethod method, double quantile)
    {
        var scores = Scores(probabilities, method);
        return [.. Order(probabilities).Where(label => scores[label] <= quantile)];
    }

    /// <summary>The ceil((n + 1) * coverage)-th smallest score, or infinity where n is too small to promise the coverage.</summary>
    public static double Quantile(IEnumerable<double> scores, double coverage)
    {
        var sorted = scores.Order().ToArray();
        // A hair less than the product, so that 0.9 * 10 asks for the 9th and not, by rounding, for the 10th.
        var rank = (int)Math.Ceiling(((sorted.Length + 1) * coverage) - 1e-9);
        return rank > sorted.Length ? double.PositiveInfinity : sorted[Math.Max(0, rank - 1)];
    }

    /// <summary>Labels by falling probability, ties by index.</summary>
    public static int[] Order(ReadOnlySpan<double> probabilities)
    {
        var order = new int[probabilities.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        var values = probabilities.ToArray();
        Array.Sort(order, (first, second) => values[first] != values[second] ? values[second].CompareTo(values[first]) : first.CompareTo(second));
        return order;
    }
}
