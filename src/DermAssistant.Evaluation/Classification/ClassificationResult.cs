using System.Text.Json.Serialization;

namespace DermAssistant.Evaluation;

/// <summary>A photo or row that was left out, and why.</summary>
public sealed record SkippedPhoto(string File, string Why);

/// <summary>The figures of one class; null where there is no photo of it.</summary>
/// <param name="Recall">Of the decision that weighs classes equally; the mean over classes is the balanced accuracy.</param>
/// <param name="RecallMostProbable">Of the most probable class.</param>
/// <param name="Id">The ontology node the class is shown as.</param>
/// <param name="Recall95">95 % interval of <paramref name="Recall"/>.</param>
public sealed record ClassResult(int N, double? Recall, double? Auroc, double? RecallMostProbable, string Id, double[]? Recall95, double[]? Auroc95);

/// <summary>The pack that was measured.</summary>
/// <param name="Calibrated">Whether the probabilities are calibrated; without calibration there are no prediction sets, and coverage and set size are null.</param>
public sealed record MeasuredModel(string Id, string Version, bool Calibrated);

/// <summary>How the intervals were made.</summary>
public sealed record IntervalMethod(int Resamples, int Seed, string Resampling);

/// <summary>The result of <c>derm eval classify</c>; property names in camelCase are the names in its JSON.</summary>
/// <param name="N">Photos classified.</param>
/// <param name="Classes">Names of the pack's labels, in its order.</param>
/// <param name="Ece">Expected calibration error over 15 bins of equal width.</param>
/// <param name="PerClass">By the names in <paramref name="Classes"/>.</param>
/// <param name="Confidence95">Low and high end of the 95 % interval of each figure.</param>
/// <param name="OutsideKnowledge">
/// Photos the pack says it cannot read (of another kind than it was trained on). They are classified and counted all the same: a benchmark
/// that may leave out what is hard measures nothing.
/// </param>
public sealed record ClassificationResult(
    int N,
    IReadOnlyList<string> Classes,
    double Accuracy,
    double BalancedAccuracy,
    double? MacroAuroc,
    double Top3,
    double Ece,
    double? Coverage,
    double? MeanSetSize,
    IReadOnlyDictionary<string, ClassResult> PerClass,
    IReadOnlyDictionary<string, double[]> Confidence95,
    IReadOnlyList<SkippedPhoto> Skipped,
    int OutsideKnowledge,
    MeasuredModel Model,
    IntervalMethod Bootstrap)
{
    /// <summary>The photos behind the figures, in ordinal order of their names; not part of the JSON.</summary>
    [JsonIgnore]
    public IReadOnlyList<ClassifiedPhoto> Photos { get; init; } = [];
}
