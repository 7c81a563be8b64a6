namespace DermAssistant.Evaluation.Tests;

public class ModelCardFiguresTests
{
    private static readonly ClassificationResult Result = new(
        100, ["Melanoma", "Nevus | mole"], 0.8125, 0.7, 0.94, 1, 0.03, 0.9, 1.4,
        new Dictionary<string, ClassResult>
        {
            ["Melanoma"] = new(30, 0.6, 0.91, 0.5, "a/m", [0.4, 0.8], [0.85, 0.96]),
            ["Nevus | mole"] = new(70, 0.8, null, 0.9, "a/n", [0.7, 0.9], null),
        },
        new Dictionary<string, double[]> { ["accuracy"] = [0.73, 0.885] },
        [new SkippedPhoto("x", "y")], 3, new MeasuredModel("tiny", "1", true), new IntervalMethod(1000, 7, "stratified by class"));

    [Fact]
    public void Every_figure_has_its_interval_or_says_it_has_none()
    {
        var text = ModelCardFigures.Write(Result, "held-out photos");
        Assert.Contains("Measured on held-out photos (n = 100). Intervals are 95 % percentile intervals of 1000 bootstrap resamples, stratified by class, seed 7.", text, StringComparison.Ordinal);
        Assert.Contains("\n| Accuracy (most probable class) | 0.813 | 0.730 to 0.885 |\n", text, StringComparison.Ordinal);
        Assert.Contains("\n| Expected calibration error | 0.030 | – |\n", text, StringComparison.Ordinal);
        Assert.Contains("\n| Melanoma | 30 | 0.600 | 0.400 to 0.800 | 0.910 | 0.850 to 0.960 |\n", text, StringComparison.Ordinal);
        Assert.Contains("\n| Nevus \\| mole | 70 | 0.800 | 0.700 to 0.900 | – | – |\n", text, StringComparison.Ordinal);
        Assert.Contains("3 of these photos the model would refuse", text, StringComparison.Ordinal);
        Assert.Contains("1 rows could not be measured", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Retrieval", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_that_were_not_measured_have_no_row()
    {
        var text = ModelCardFigures.Write(Result with { Coverage = null, MeanSetSize = null }, "photos");
        Assert.DoesNotContain("prediction set |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Retrieval_has_a_row_a_depth()
    {
        var text = ModelCardFigures.Write(Result, "photos", new RetrievalResult(10, 50, [new RetrievalAt(5, 0.9, 0.8, 0.7, [0.85, 0.95], [0.7, 0.9], [0.6, 0.8])]));
        Assert.Contains("Retrieval: 10 queries among 50 cases.", text, StringComparison.Ordinal);
        Assert.Contains("\n| 5 | 0.900 | 0.850 to 0.950 | 0.800 | 0.700 to 0.900 | 0.700 | 0.600 to 0.800 |\n", text, StringComparison.Ordinal);
    }
}
