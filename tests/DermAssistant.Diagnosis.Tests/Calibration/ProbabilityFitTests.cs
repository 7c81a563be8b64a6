namespace DermAssistant.Diagnosis.Tests;

public class ProbabilityFitTests
{
    [Theory]
    [InlineData(1, 4.0)]
    [InlineData(2, 12.0)]
    [InlineData(3, 30.0)]
    public void Temperature_and_biases_of_made_up_photos_are_found_again(int seed, double temperature)
    {
        double[] bias = [-2.5, -1.5, -1, -3, -1.2, 0, -2];
        var (logits, labels) = Draw(seed, 4000, temperature, bias);
        var prior = ProbabilityFit.Prior(labels, bias.Length);
        var fit = ProbabilityFit.Fit(logits, labels, prior, strength: 0.5);
        Assert.InRange(fit.Temperature, 0.9 * temperature, 1.1 * temperature);
        for (var i = 0; i < bias.Length; i++)
            Assert.InRange(fit.LogBias[i] - fit.LogBias[5], bias[i] - 0.4, bias[i] + 0.4);
    }

    [Fact]
    public void Probabilities_come_out_as_often_right_as_they_say()
    {
        double[] bias = [-1, 0, -2];
        var (logits, labels) = Draw(4, 6000, 8, bias);
        var fit = ProbabilityFit.Fit(logits[..3000], labels[..3000], ProbabilityFit.Prior(labels[..3000], 3), 1);
        double confidence = 0, right = 0;
        for (var i = 3000; i < 6000; i++)
        {
            var p = PackCalibration.Probabilities(logits[i], fit.Temperature, fit.LogBias);
            confidence += p.Max();
            if (Array.IndexOf(p, p.Max()) == labels[i]) right++;
        }
        Assert.InRange(Math.Abs(confidence - right) / 3000, 0, 0.025);
    }

    [Fact]
    public void A_label_no_photo_has_stays_possible_but_rare()
    {
        var (logits, labels) = Draw(5, 200, 10, [0, 0]);
        double[][] wider = [.. logits.Select(row => (double[])[.. row, 0])];
        var fit = ProbabilityFit.Fit(wider, labels, ProbabilityFit.Prior(labels, 3), 2);
        var p = PackCalibration.Probabilities([0, 0, 0], fit.Temperature, fit.LogBias);
        Assert.InRange(p[2], 1e-6, 0.02);
    }

    [Fact]
    public void Permuting_the_labels_permutes_the_fit()
    {
        var (logits, labels) = Draw(6, 500, 9, [0, -1, -2]);
        int[] to = [2, 0, 1];
        double[][] moved = [.. logits.Select(row => (double[])[row[1], row[2], row[0]])];
        int[] movedLabels = [.. labels.Select(label => to[label])];
        var fit = ProbabilityFit.Fit(logits, labels, ProbabilityFit.Prior(labels, 3), 2);
        var movedFit = ProbabilityFit.Fit(moved, movedLabels, ProbabilityFit.Prior(movedLabels, 3), 2);
        Assert.Equal(fit.Temperature, movedFit.Temperature, 1e-6);
        for (var i = 0; i < 3; i++) Assert.Equal(fit.LogBias[i], movedFit.LogBias[to[i]], 1e-6);
    }

    private static (double[][] Logits, int[] Labels) Draw(int seed, int count, double temperature, double[] bias)
    {
        var random = new Random(seed);
        var logits = new double[count][];
        var labels = new int[count];
        for (var n = 0; n < count; n++)
        {
            logits[n] = [.. bias.Select(_ => 100 * (random.NextDouble() - 0.5))];
            labels[n] = Pick(random, PackCalibration.Probabilities(logits[n], temperature, bias));
        }
        return (logits, labels);
    }

    internal static int Pick(Random random, double[] probabilities)
    {
        var left = random.NextDouble();
        for (var i = 0; i < probabilities.Length; i++)
            if ((left -= probabilities[i]) < 0) return i;
        return probabilities.Length - 1;
    }
}
