namespace DermAssistant.Evaluation;

/// <summary>How well the detector of one concept tells the photos that show it.</summary>
/// <param name="N">Photos of which it is known whether they show the concept.</param>
/// <param name="Positives">How many of them do.</param>
/// <param name="Auroc">Area under the ROC curve, or null where <paramref name="Why"/> says why not.</param>
/// <param name="Auroc95">Low and high end of the 95 % interval.</param>
public sealed record ConceptResult(string Id, string Name, int N, int Positives, double? Auroc, double[]? Auroc95, string? Why);

/// <summary>The result of <c>derm eval concepts</c>; property names in camelCase are the names in its JSON.</summary>
/// <param name="N">Photos measured.</param>
/// <param name="MeasuredOn">The table, and the rows of it.</param>
/// <param name="MeanAuroc">The mean over the concepts that have one; null where none has.</param>
/// <param name="Concepts">Those the table knows and the pack is asked for, the best first.</param>
/// <param name="Unknown">Names in the table that the pack is not asked for.</param>
public sealed record ConceptBenchmarkResult(
    int N,
    string MeasuredOn,
    double? MeanAuroc,
    IReadOnlyList<ConceptResult> Concepts,
    IReadOnlyList<string> Unknown,
    IReadOnlyList<SkippedPhoto> Skipped,
    MeasuredModel Model,
    IntervalMethod Bootstrap);
