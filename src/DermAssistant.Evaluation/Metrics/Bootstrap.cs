namespace DermAssistant.Evaluation;

/// <summary>How intervals are made: by percentiles over resampled photos.</summary>
/// <param name="Resamples">How often photos are drawn again.</param>
/// <param name="Seed">The same seed gives the same intervals.</param>
/// <param name="Stratified">
/// Whether every class is resampled within itself, so that each resample has the classes of the data in their numbers; otherwise photos are drawn from
/// all, and a rare class may be missing from a resample, which then leaves it out of means over classes.
/// </param>
public sealed record Bootstrap(int Resamples = 1000, int Seed = 20261122, bool Stratified = true)
{
    /// <summary>The resampling in words.</summary>
    public string Resampling => Stratified ? "stratified by class" : "plain";

    /// <summary>Draws how often each photo counts in each resample.</summary>
    /// <param name="strata">The class of each photo.</param>
    internal IEnumerable<int[]> Draw(IReadOnlyList<int> strata)
    {
        var random = new Random(Seed);
        var groups = Stratified
            ? [.. Enumerable.Range(0, strata.Count).GroupBy(photo => strata[photo]).OrderBy(group => group.Key).Select(group => group.ToArray())]
            : new List<int[]> { Enumerable.Range(0, strata.Count).ToArray() };
        for (var resample = 0; resample < Resamples; resample++)
        {
            var counts = new int[strata.Count];
            foreach (var group in groups)
                for (var draw = 0; draw < group.Length; draw++)
                    counts[group[random.Next(group.Length)]]++;
            yield return counts;
        }
    }

    /// <summary>The 2.5th and 97.5th percentile, between the values by linear interpolation; values that are not numbers are left out.</summary>
    internal static Interval95? Interval(IEnumerable<double> values)
    {
        var sorted = values.Where(double.IsFinite).Order().ToArray();
        return sorted.Length == 0 ? null : new Interval95(Percentile(sorted, 0.025), Percentile(sorted, 0.975));
    }

    private static double Percentile(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}

/// <summary>A 95 % interval.</summary>
public readonly record struct Interval95(double Low, double High)
{
    /// <summary>Low and high end, as JSON gives them.</summary>
    public double[] ToArray() => [Low, High];
}
