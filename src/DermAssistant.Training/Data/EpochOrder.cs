namespace DermAssistant.Training;

/// <summary>Which samples an epoch draws, and in which order: as many as there are, rare labels more often than they occur.</summary>
internal sealed class EpochOrder
{
    private readonly int[][] _samplesOf;
    private readonly double[] _shares;
    private readonly int _count;

    /// <param name="labels">Index of each sample's label.</param>
    /// <param name="balance">A label's share of the draws is its share of the samples to this power, over the sum of all.</param>
    public EpochOrder(IReadOnlyList<int> labels, double balance)
    {
        _count = labels.Count;
        _samplesOf = [.. labels.Select((label, sample) => (label, sample)).GroupBy(s => s.label, s => s.sample).OrderBy(g => g.Key).Select(g => g.ToArray())];
        var weights = _samplesOf.Select(samples => Math.Pow(samples.Length, balance)).ToArray();
        _shares = [.. weights.Select(weight => weight / weights.Sum())];
    }

    /// <summary>Each label's share of the draws, in the order of the labels; they add up to 1.</summary>
    public IReadOnlyList<double> Shares => _shares;

    /// <summary>Samples of one epoch; those of a label come equally often, but for one.</summary>
    public int[] Draw(Random random)
    {
        var order = new List<int>(_count);
        double owed = 0;
        for (var label = 0; label < _samplesOf.Length; label++)
        {
            // Rounding is carried over, so that the draws of all labels add up to the epoch.
            owed += _shares[label] * _count;
            var draws = (int)Math.Round(owed) - order.Count;
            var samples = (int[])_samplesOf[label].Clone();
            for (var i = 0; i < draws; i++)
            {
                if (i % samples.Length == 0) random.Shuffle(samples);
                order.Add(samples[i % samples.Length]);
            }
        }

        var drawn = order.ToArray();
        random.Shuffle(drawn);
        return drawn;
    }
}
