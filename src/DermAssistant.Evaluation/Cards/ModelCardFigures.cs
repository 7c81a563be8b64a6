using System.Globalization;
using System.Text;

namespace DermAssistant.Evaluation;

/// <summary>Writes measured figures as Markdown for a model card: every figure with its interval, and every class.</summary>
public static class ModelCardFigures
{
    /// <summary>The figures of a classification, and of retrieval where they were measured.</summary>
    /// <param name="photos">What was measured on, in words, for example "479 photos of the validation split, by lesion, used for nothing else".</param>
    public static string Write(ClassificationResult result, string photos, RetrievalResult? retrieval = null)
    {
        var text = new StringBuilder();
        Line(text, $"Measured on {photos} (n = {result.N}). Intervals are 95 % percentile intervals of {result.Bootstrap.Resamples} bootstrap resamples, {result.Bootstrap.Resampling}, seed {result.Bootstrap.Seed}.");
        Line(text, $"");
        Line(text, $"| figure | value | 95 % interval |");
        Line(text, $"|---|---|---|");
        foreach (var (name, title, value) in Rows(result))
            if (value is not null) Line(text, $"| {title} | {Three(value)} | {Ends(result.Confidence95.GetValueOrDefault(name))} |");

        Line(text, $"");
        Line(text, $"| class | photos | recall | 95 % interval | AUROC | 95 % interval |");
        Line(text, $"|---|---|---|---|---|---|");
        foreach (var name in result.Classes)
        {
            var of = result.PerClass[name];
            Line(text, $"| {Cell(name)} | {of.N} | {Three(of.Recall)} | {Ends(of.Recall95)} | {Three(of.Auroc)} | {Ends(of.Auroc95)} |");
        }

        Line(text, $"");
        Line(text, $"Recall is that of the decision that weighs classes equally. The calibration error is over 15 bins of equal width of the highest probability.");
        if (result.OutsideKnowledge > 0)
            Line(text, $"{result.OutsideKnowledge} of these photos the model would refuse as outside what it knows; they are counted here all the same.");
        if (result.Skipped.Count > 0)
            Line(text, $"{result.Skipped.Count} rows could not be measured and are not counted.");
        if (retrieval is not null) Append(text, retrieval);
        return text.ToString();
    }

    private static void Append(StringBuilder text, RetrievalResult retrieval)
    {
        Line(text, $"");
        Line(text, $"Retrieval: {retrieval.N} queries among {retrieval.Library} cases. Recall@k: a case of the same diagnosis is among the nearest k; precision@k: the share of them.");
        Line(text, $"");
        Line(text, $"| k | recall@k | 95 % interval | mean over diagnoses | 95 % interval | precision@k | 95 % interval |");
        Line(text, $"|---|---|---|---|---|---|---|");
        foreach (var at in retrieval.At)
            Line(text, $"| {at.K} | {Three(at.Recall)} | {Ends(at.Recall95)} | {Three(at.MacroRecall)} | {Ends(at.MacroRecall95)} | {Three(at.Precision)} | {Ends(at.Precision95)} |");
    }

    private static (string Name, string Title, double? Value)[] Rows(ClassificationResult result) =>
    [
        ("accuracy", "Accuracy (most probable class)", result.Accuracy),
        ("balancedAccuracy", "Balanced accuracy (classes weighed equally)", result.BalancedAccuracy),
        ("macroAuroc", "Macro AUROC (one class against the rest)", result.MacroAuroc),
        ("top3", "True class among the first three", result.Top3),
        ("ece", "Expected calibration error", result.Ece),
        ("coverage", "Coverage of the prediction set", result.Coverage),
        ("meanSetSize", "Mean size of the prediction set", result.MeanSetSize),
    ];

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Three(double? value) => value is { } number ? number.ToString("0.000", CultureInfo.InvariantCulture) : "–";

    private static string Ends(double[]? interval) => interval is { Length: 2 } ? $"{Three(interval[0])} to {Three(interval[1])}" : "–";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
