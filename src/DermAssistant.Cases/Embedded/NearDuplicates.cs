using System.Numerics.Tensors;

namespace DermAssistant.Cases;

/// <summary>Finds the cosine from which a case counts as the query photo itself.</summary>
/// <remarks>
/// How close two different lesions come depends on the encoder, so the threshold is measured, not fixed: the 99.9th percentile of
/// the cosines between cases and their nearest neighbour, that is, at most one case in a thousand has a different lesion for its
/// near duplicate. Never below <see cref="Lowest"/>, and never above <see cref="Highest"/>, which half precision still resolves.
/// </remarks>
internal static class NearDuplicates
{
    public const double Lowest = 0.98;
    public const double Highest = 0.9995;

    /// <summary>More cases than this are sampled evenly: 2,000 nearest neighbours fix the percentile well enough.</summary>
    private const int Sampled = 2_000;

    public static double Threshold(EmbeddingRows rows, CancellationToken cancellationToken)
    {
        if (rows.Count < 2) return Lowest;
        var queries = Math.Min(rows.Count, Sampled);
        var nearest = new double[queries];
        Parallel.For(0, queries, new ParallelOptions { CancellationToken = cancellationToken }, index =>
        {
            var row = (int)((long)index * rows.Count / queries);
            var unit = new float[rows.Dimension];
            TensorPrimitives.ConvertToSingle(rows.Row(row), unit);
            TensorPrimitives.Divide(unit, TensorPrimitives.Norm<float>(unit), unit);
            nearest[index] = rows.Nearest(unit, 2, null, cancellationToken).First(match => match.Row != row).Similarity;
        });
        Array.Sort(nearest);
        var percentile = nearest[(int)Math.Ceiling(0.999 * queries) - 1];
        // Rounded up, so that the stored figure is short and the promise still holds.
        return Math.Clamp(Math.Ceiling(percentile * 1e4) / 1e4, Lowest, Highest);
    }
}
