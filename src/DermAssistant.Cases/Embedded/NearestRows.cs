namespace DermAssistant.Cases;

/// <summary>The best few rows of a scan: more similar first, then the smaller row.</summary>
internal sealed class NearestRows(int capacity)
{
    private readonly PriorityQueue<(int Row, float Similarity), (int Row, float Similarity)> _rows = new(WorstFirst.Instance);
    private float _worst = float.NegativeInfinity;

    public void Offer(int row, float similarity)
    {
        if (_rows.Count < capacity)
        {
            _rows.Enqueue((row, similarity), (row, similarity));
        }
        else
        {
            // Most rows of a scan end here: one comparison.
            if (capacity == 0 || similarity < _worst) return;
            _rows.EnqueueDequeue((row, similarity), (row, similarity));
        }
        if (_rows.Count == capacity) _worst = _rows.Peek().Similarity;
    }

    public void Add(NearestRows other)
    {
        foreach (var ((row, similarity), _) in other._rows.UnorderedItems) Offer(row, similarity);
    }

    public IReadOnlyList<RowMatch> Ordered() =>
    [
        .. _rows.UnorderedItems
            .OrderByDescending(item => item.Element.Similarity).ThenBy(item => item.Element.Row)
            .Select(item => new RowMatch(item.Element.Row, Math.Clamp(item.Element.Similarity, -1f, 1f))),
    ];

    private sealed class WorstFirst : IComparer<(int Row, float Similarity)>
    {
        public static readonly WorstFirst Instance = new();

        public int Compare((int Row, float Similarity) x, (int Row, float Similarity) y)
        {
            var similarity = x.Similarity.CompareTo(y.Similarity);
            return similarity != 0 ? similarity : y.Row.CompareTo(x.Row);
        }
    }
}
