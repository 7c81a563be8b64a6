namespace DermAssistant.Evaluation;

/// <summary>The figures of a classification, each a mean over photos or over classes.</summary>
/// <param name="Accuracy">Share of photos whose most probable class is the true one.</param>
/// <param name="BalancedAccuracy">Mean over the classes present of the recall of the decision that weighs classes equally.</param>
/// <param name="MacroAuroc">Mean over the classes of the area under the ROC curve of one class against the rest; NaN where there is only one class.</param>
/// <param name="Top3">Share of photos whose true class is among the three most probable.</param>
/// <param name="Ece">Expected calibration error of the most probable class: 15 bins of equal width, weighted by their photos.</param>
/// <param name="Coverage">Share of photos whose prediction set holds the true class.</param>
/// <param name="MeanSetSize">Classes in a prediction set, on average.</param>
public sealed record Figures(
    double Accuracy,
    double BalancedAccuracy,
    double MacroAuroc,
    double Top3,
    double Ece,
    double Coverage,
    double MeanSetSize)
{
    /// <summary>The figures by their names in the result of <c>derm eval classify</c>.</summary>
    public IEnumerable<KeyValuePair<string, double>> Named() =>
    [
        new("accuracy", Accuracy), new("balancedAccuracy", BalancedAccuracy), new("macroAuroc", MacroAuroc), new("top3", Top3),
        new("ece", Ece), new("coverage", Coverage), new("meanSetSize", MeanSetSize),
    ];
}
