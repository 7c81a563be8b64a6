using FsCheck.Xunit;

namespace DermAssistant.Diagnosis.Tests;

public class ConformalTests
{
    private const double Coverage = 0.9;

    [Theory]
    [InlineData(ConformalMethod.Lac)]
    [InlineData(ConformalMethod.Aps)]
    public void Sets_hold_the_truth_as_often_as_promised_even_when_the_probabilities_are_wrong(ConformalMethod method)
    {
        double covered = 0;
        const int Trials = 30, Photos = 300;
        for (var trial = 0; trial < Trials; trial++)
        {
            var random = new Random(trial);
            var scores = new double[Photos];
            for (var i = 0; i < Photos; i++)
            {
                var (stated, truth) = Draw(random);
                scores[i] = Conformal.Scores(stated, method)[truth];
            }
            var quantile = Conformal.Quantile(scores, Coverage);
            for (var i = 0; i < Photos; i++)
            {
                var (stated, truth) = Draw(random);
                if (Conformal.Set(stated, method, quantile).Contains(truth)) covered++;
            }
        }
        Assert.InRange(covered / (Trials * Photos), 0.89, 0.93);
    }

    [Property]
    public bool The_most_probable_is_always_in_the_set_and_a_larger_quantile_only_adds(int seed, byte first, byte second)
    {
        var (p, _) = Draw(new Random(seed));
        var (low, high) = (Math.Min(first, second) / 255.0, Math.Max(first, second) / 255.0);
        return Enum.GetValues<ConformalMethod>().All(method =>
        {
            int[] small = Conformal.Set(p, method, low), large = Conformal.Set(p, method, high);
            return small[0] == Conformal.Order(p)[0] && small.SequenceEqual(large.Take(small.Length));
        });
    }

    [Fact]
    public void Equal_probabilities_rank_by_their_place()
    {
        double[] p = [0.25, 0.25, 0.25, 0.25];
        Assert.Equal([0, 1, 2, 3], Conformal.Order(p));
        Assert.Equal([0, 1, 2], Conformal.Set(p, ConformalMethod.Aps, 0.5));
    }

    [Fact]
    public void Too_few_photos_for_the_promise_put_every_label_into_the_set()
    {
        Assert.Equal(double.PositiveInfinity, Conformal.Quantile([0.1, 0.2, 0.3], Coverage));
        Assert.Equal(0.9, Conformal.Quantile(Enumerable.Range(1, 9).Select(i => i / 10.0), Coverage));
    }

    [Fact]
    public void The_fit_keeps_its_promise_on_photos_it_has_not_seen()
    {
        var random = new Random(11);
        var seen = Enumerable.Range(0, 500).Select(_ => Draw(random)).ToArray();
        var fit = ConformalFit.Fit(
            [.. seen.Select(photo => photo.Stated)], [.. seen.Select(photo => photo.Truth)], [.. Enumerable.Range(0, 500).Select(i => i % 5)], Coverage);
        Assert.InRange(fit.HeldOutCoverage, 0.87, 0.93);
        var covered = Enumerable.Range(0, 4000).Select(_ => Draw(random)).Count(photo => Conformal.Set(photo.Stated, fit.Method, fit.Quantile).Contains(photo.Truth));
        Assert.InRange(covered / 4000.0, 0.86, 0.94);
    }

    /// <summary>A photo whose stated probabilities are sharper than the truth is.</summary>
    private static (double[] Stated, int Truth) Draw(Random random)
    {
        double[] logits = [.. Enumerable.Range(0, 7).Select(_ => 5 * random.NextDouble())];
        return (Vectors.Softmax([.. logits.Select(z => 1.6 * z)]), ProbabilityFitTests.Pick(random, Vectors.Softmax(logits)));
    }
}
