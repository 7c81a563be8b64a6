namespace DermAssistant.DermLip;

/// <summary>How far computed embeddings are from given ones.</summary>
/// <param name="MaxAbs">The largest difference of one number of two normalised embeddings.</param>
/// <param name="MinCosine">The smallest cosine between a computed and a given embedding.</param>
public sealed record VectorComparison(double MaxAbs, double MinCosine)
{
    internal static VectorComparison Of(ReadOnlySpan<float> computed, ReadOnlySpan<float> given, int dimension)
    {
        double maxAbs = 0, minCosine = 1;
        for (var start = 0; start < computed.Length; start += dimension)
        {
            double dot = 0, a2 = 0, b2 = 0;
            for (var i = start; i < start + dimension; i++)
            {
                double a = computed[i], b = given[i];
                dot += a * b;
                a2 += a * a;
                b2 += b * b;
                var difference = Math.Abs(a - b);
                maxAbs = difference > maxAbs || double.IsNaN(difference) ? difference : maxAbs;
            }

            var cosine = dot / Math.Sqrt(a2 * b2);
            minCosine = cosine < minCosine || double.IsNaN(cosine) ? cosine : minCosine;
        }

        return new VectorComparison(maxAbs, minCosine);
    }
}
