namespace DermAssistant.Cases.Tests;

/// <summary>The search as one would write it first: every cosine in double precision, then sorted. What the fast one is held against.</summary>
internal static class PlainSearch
{
    public static IReadOnlyList<(string Id, double Similarity)> Nearest(IEnumerable<EmbeddedCase> cases, float[] query, int top) =>
    [
        .. cases.Select(entry => (entry.Record.Id, Similarity: Cosine(entry.Embedding, query)))
            .OrderByDescending(pair => pair.Similarity).ThenBy(pair => pair.Id, StringComparer.Ordinal).Take(top),
    ];

    public static double Cosine(Half[] stored, float[] query)
    {
        double dot = 0, left = 0, right = 0;
        for (var i = 0; i < query.Length; i++)
        {
            dot += (double)stored[i] * query[i];
            left += (double)stored[i] * (double)stored[i];
            right += (double)query[i] * query[i];
        }
        return dot / Math.Sqrt(left * right);
    }
}
