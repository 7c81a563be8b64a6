namespace DermAssistant.Evaluation;

/// <summary>Area under the ROC curve: the chance that a photo of the class scores higher than one of another, ties counting half.</summary>
/// <remarks>
/// Mann and Whitney's statistic from the photos in order of score, over how often each photo counts; equals the comparison of all pairs. The order is
/// found once and serves all resamples. Immutable; safe for concurrent use.
/// </remarks>
internal sealed class Auroc
{
    private readonly double[] _scores;
    private readonly bool[] _positive;
    private readonly int[] _order;

    public Auroc(double[] scores, bool[] positive)
    {
        (_scores, _positive) = (scores, positive);
        _order = [.. Enumerable.Range(0, scores.Length).OrderBy(photo => scores[photo])];
    }

    /// <summary>The area, or NaN where one of the two sides is empty.</summary>
    /// <param name="counts">How often each photo counts.</param>
    public double Area(ReadOnlySpan<int> counts)
    {
        // Whole numbers up to the product of both sides: exact in double precision far beyond any data set.
        double positives = 0, negatives = 0, won = 0;
        for (var at = 0; at < _order.Length;)
        {
            var score = _scores[_order[at]];
            double positivesHere = 0, negativesHere = 0;
            for (; at < _order.Length && _scores[_order[at]] == score; at++)
            {
                var photo = _order[at];
                if (_positive[photo]) positivesHere += counts[photo];
                else negativesHere += counts[photo];
            }
            won += positivesHere * (negatives + (negativesHere / 2));
            positives += positivesHere;
            negatives += negativesHere;
        }
        return won / (positives * negatives);
    }
}
