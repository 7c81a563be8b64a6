using System.Numerics.Tensors;
using DermAssistant.Cases;

namespace DermAssistant.Evaluation;

/// <summary>A photo whose nearest cases are judged.</summary>
/// <param name="Id">A case of this id is the photo itself and does not count as found.</param>
/// <param name="DiagnosisId">Ontology node; a case of this node, or of one above or below it, shares the diagnosis.</param>
public sealed record RetrievalQuery(string Id, string DiagnosisId, ReadOnlyMemory<float> Embedding);

/// <summary>Measures whether the cases shown beside a photo are of its diagnosis.</summary>
public static class RetrievalBenchmark
{
    /// <summary>The depths that are measured unless others are asked for.</summary>
    public static IReadOnlyList<int> UsualDepths { get; } = [1, 5, 10];

    /// <summary>Takes the cases of a library that pass a filter as queries against those that pass another.</summary>
    /// <param name="queries">For example <c>split=validation</c>; null for all cases.</param>
    /// <param name="gallery">For example <c>split=train</c>; null for all cases. A query never finds itself.</param>
    /// <exception cref="ArgumentException">No case passes the filter for queries, or a depth is below 1.</exception>
    public static async Task<RetrievalResult> WithinAsync(
        EmbeddedCaseLibrary library, CaseFilter? queries = null, CaseFilter? gallery = null, IReadOnlyList<int>? depths = null, Bootstrap? bootstrap = null, CancellationToken cancellationToken = default)
    {
        var asked = library.Stored(queries).Select(entry => new RetrievalQuery(entry.Record.Id, entry.Record.DiagnosisId, Widen(entry.Embedding))).ToList();
        return await MeasureAsync(library, asked, gallery, library.Stored(gallery).Count(), depths, bootstrap, cancellationToken);
    }

    /// <summary>Measures any queries against a library.</summary>
    /// <param name="gallery">Cases that may be found; null for all.</param>
    /// <param name="gallerySize">How many those are.</param>
    /// <exception cref="ArgumentException">There are no queries, or a depth is below 1.</exception>
    public static async Task<RetrievalResult> MeasureAsync(
        ICaseLibrary library, IReadOnlyList<RetrievalQuery> queries, CaseFilter? gallery, int gallerySize, IReadOnlyList<int>? depths = null, Bootstrap? bootstrap = null, CancellationToken cancellationToken = default)
    {
        depths ??= UsualDepths;
        if (queries.Count == 0) throw new ArgumentException("There are no queries to measure retrieval with.", nameof(queries));
        if (depths.Count == 0 || depths.Any(depth => depth < 1)) throw new ArgumentException("Depths are whole numbers from 1 on.", nameof(depths));
        var ordered = queries.OrderBy(query => query.Id, StringComparer.Ordinal).ToList();
        var deepest = depths.Max();
        var same = new bool[ordered.Count][];
        for (var index = 0; index < same.Length; index++)
        {
            var query = ordered[index];
            // One more than asked for, because the photo itself may be among them.
            var found = await library.SearchAsync(new CaseQuery(query.Embedding, deepest + 1, gallery is null ? null : [gallery]), cancellationToken);
            same[index] = [.. found.Where(match => match.Case.Id != query.Id).Take(deepest).Select(match => Shared(match.Case.DiagnosisId, query.DiagnosisId))];
        }

        var diagnoses = ordered.Select(query => query.DiagnosisId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var classes = ordered.Select(query => diagnoses.IndexOf(query.DiagnosisId)).ToArray();
        var draws = (bootstrap ?? new Bootstrap()).Draw(classes).ToList();
        return new RetrievalResult(ordered.Count, gallerySize, [.. depths.Select(depth => At(depth, same, classes, draws))]);
    }

    private static RetrievalAt At(int depth, bool[][] same, int[] classes, IReadOnlyList<int[]> draws)
    {
        double[] hit = [.. same.Select(row => row.Take(depth).Contains(true) ? 1.0 : 0)];
        double[] precision = [.. same.Select(row => row.Take(depth).Count(shared => shared) / (double)depth)];
        int[] once = [.. Enumerable.Repeat(1, same.Length)];
        return new RetrievalAt(
            depth, Mean(hit, once), MacroMean(hit, classes, once), Mean(precision, once),
            Interval(draws.Select(counts => Mean(hit, counts))), Interval(draws.Select(counts => MacroMean(hit, classes, counts))), Interval(draws.Select(counts => Mean(precision, counts))));
    }

    private static double Mean(double[] values, int[] counts) => values.Zip(counts, (value, count) => value * count).Sum() / counts.Sum();

    private static double MacroMean(double[] values, int[] classes, int[] counts)
    {
        var sums = new double[classes.Max() + 1];
        var sizes = new int[sums.Length];
        for (var index = 0; index < values.Length; index++)
        {
            sums[classes[index]] += values[index] * counts[index];
            sizes[classes[index]] += counts[index];
        }
        return sums.Zip(sizes).Where(pair => pair.Second > 0).Average(pair => pair.First / pair.Second);
    }

    private static double[] Interval(IEnumerable<double> values) => Bootstrap.Interval(values)?.ToArray() ?? [];

    /// <summary>Ids are paths: one node lies under the other when its id begins with the other's.</summary>
    private static bool Shared(string first, string second) => Under(first, second) || Under(second, first);

    private static bool Under(string id, string node) => id.StartsWith(node, StringComparison.Ordinal) && (id.Length == node.Length || id[node.Length] == '/');

    private static float[] Widen(Half[] embedding)
    {
        var wide = new float[embedding.Length];
        TensorPrimitives.ConvertToSingle(embedding, wide);
        return wide;
    }
}
