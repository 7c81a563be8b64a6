using FsCheck.Xunit;

namespace DermAssistant.Evaluation.Tests;

public class ClassificationFiguresTests
{
    private static readonly Bootstrap Quick = new(Resamples: 40);

    /// <summary>Six photos of three classes, small enough to work out on paper.</summary>
    private static readonly ClassifiedPhoto[] OnPaper =
    [
        new("1", 0, [0.70, 0.20, 0.10], 0, [0]),
        new("2", 0, [0.40, 0.50, 0.10], 0, [0, 1]),
        new("3", 0, [0.60, 0.30, 0.10], 1, [0]),
        new("4", 1, [0.50, 0.40, 0.10], 1, [0]),
        new("5", 1, [0.20, 0.70, 0.10], 1, [1, 2]),
        new("6", 2, [0.30, 0.30, 0.40], 2, [0, 1, 2]),
    ];

    [Fact]
    public void Figures_are_those_worked_out_on_paper()
    {
        var figures = ClassificationFigures.Of(OnPaper, 3, Quick);
        Assert.Equal(6, figures.N);
        // Most probable: 0 1 0 0 1 2 against 0 0 0 1 1 2.
        Assert.Equal(4 / 6.0, figures.Overall.Accuracy, 12);
        // Equal weights: 0 0 1 1 1 2; recalls 2/3, 1, 1.
        Assert.Equal((2 / 3.0 + 1 + 1) / 3, figures.Overall.BalancedAccuracy, 12);
        Assert.Equal(1, figures.Overall.Top3, 12);
        // Sets miss photo 4 only; sizes 1 2 1 1 2 3.
        Assert.Equal(5 / 6.0, figures.Overall.Coverage, 12);
        Assert.Equal(10 / 6.0, figures.Overall.MeanSetSize, 12);
        // Class 0: scores .7 .4 .6 against .5 .2 .3: 8 of 9 pairs. Class 1: .4 .7 against .2 .5 .3 .3: 7 of 8. Class 2: all 5.
        Assert.Equal([8 / 9.0, 7 / 8.0, 1], figures.PerClass.Select(label => label.Auroc!.Value));
        Assert.Equal((8 / 9.0 + 7 / 8.0 + 1) / 3, figures.Overall.MacroAuroc, 12);
        // Bins of 1/15: .70 and .70 share bin 10; .50 and .50 share bin 7; .60 is in 9 (.6 * 15 = 9); .40 in 6 (.4 * 15 = 6).
        var ece = (Math.Abs(2 - 1.4) + Math.Abs(0 - 1.0) + Math.Abs(1 - 0.6) + Math.Abs(1 - 0.4)) / 6;
        Assert.Equal(ece, figures.Overall.Ece, 12);
        Assert.Equal([3, 2, 1], figures.PerClass.Select(label => label.N));
        Assert.Equal([2 / 3.0, 1, 1], figures.PerClass.Select(label => label.Recall!.Value));
        Assert.Equal([2 / 3.0, 0.5, 1], figures.PerClass.Select(label => label.RecallMostProbable!.Value));
    }

    [Property(MaxTest = 60)]
    public void Auroc_is_the_share_of_pairs_in_the_right_order(int seed, byte size)
    {
        var photos = RandomPhotos.Make(seed, 2 + (size % 40), 3);
        var figures = ClassificationFigures.Of(photos, 3, Quick);
        for (var label = 0; label < 3; label++)
        {
            var pairs = (
                from positive in photos where positive.Truth == label
                from negative in photos where negative.Truth != label
                select Math.Sign(positive.Probabilities[label] - negative.Probabilities[label]) / 2.0 + 0.5).ToList();
            if (pairs.Count == 0) Assert.Null(figures.PerClass[label].Auroc);
            else Assert.Equal(pairs.Average(), figures.PerClass[label].Auroc!.Value, 12);
        }
    }

    [Property(MaxTest = 60)]
    public void A_photo_that_counts_twice_is_as_good_as_two_photos(int seed, byte size)
    {
        var count = 2 + (size % 20);
        var random = new Random(seed);
        var scores = Enumerable.Range(0, count).Select(_ => random.Next(5) / 4.0).ToArray();
        var positive = Enumerable.Range(0, count).Select(_ => random.Next(2) == 0).ToArray();
        var counts = Enumerable.Range(0, count).Select(_ => random.Next(4)).ToArray();
        var copies = Enumerable.Range(0, count).SelectMany(photo => Enumerable.Repeat(photo, counts[photo])).ToList();
        var ones = copies.Select(_ => 1).ToArray();
        var expected = new Auroc([.. copies.Select(photo => scores[photo])], [.. copies.Select(photo => positive[photo])]).Area(ones);
        Assert.Equal(expected, new Auroc(scores, positive).Area(counts), 12);
    }

    [Property(MaxTest = 40)]
    public void The_order_of_the_photos_changes_nothing(int seed, byte size)
    {
        var photos = RandomPhotos.Make(seed, 5 + (size % 40), 4);
        var shuffled = photos.ToArray();
        new Random(seed).Shuffle(shuffled);
        var (one, other) = (ClassificationFigures.Of(photos, 4, Quick), ClassificationFigures.Of(shuffled, 4, Quick));
        Assert.Equal(one.Overall, other.Overall);
        Assert.Equal(one.PerClass, other.PerClass);
        Assert.Equal(one.Confidence95, other.Confidence95);
        Assert.Equal(one.PerClassConfidence95, other.PerClassConfidence95);
    }

    [Property(MaxTest = 40)]
    public void Figures_stay_within_their_range_and_intervals_are_ordered(int seed, byte size)
    {
        var figures = ClassificationFigures.Of(RandomPhotos.Make(seed, 5 + (size % 40), 4), 4, Quick);
        foreach (var (name, value) in figures.Overall.Named().Where(figure => double.IsFinite(figure.Value)))
        {
            Assert.InRange(value, 0, name == "meanSetSize" ? 4 : 1);
            Assert.True(figures.Confidence95[name].Low <= figures.Confidence95[name].High);
        }
    }

    [Fact]
    public void An_oracle_is_perfect_and_its_intervals_are_points()
    {
        var photos = Enumerable.Range(0, 30).Select(index => new ClassifiedPhoto($"{index}", index % 3, [.. Enumerable.Range(0, 3).Select(label => label == index % 3 ? 1.0 : 0)], index % 3, [index % 3])).ToList();
        var figures = ClassificationFigures.Of(photos, 3, Quick);
        Assert.Equal(new Figures(1, 1, 1, 1, 0, 1, 1), figures.Overall);
        Assert.Equal(new Interval95(1, 1), figures.Confidence95["accuracy"]);
        Assert.Equal(new Interval95(0, 0), figures.Confidence95["ece"]);
    }

    [Fact]
    public void The_interval_of_an_accuracy_is_about_as_wide_as_the_binomial_one()
    {
        // 200 photos, 160 right: the normal approximation gives .80 +- 1.96 * sqrt(.8 * .2 / 200) = +- .055.
        var photos = Enumerable.Range(0, 200).Select(index => new ClassifiedPhoto($"{index:000}", index % 5 == 0 ? 1 : 0, [0.9, 0.1], 0, [0])).ToList();
        var interval = ClassificationFigures.Of(photos, 2, new Bootstrap(2000, Stratified: false)).Confidence95["accuracy"];
        Assert.Equal(0.80 - 0.055, interval.Low, tolerance: 0.012);
        Assert.Equal(0.80 + 0.055, interval.High, tolerance: 0.012);
    }

    [Fact]
    public void A_stratified_resample_keeps_the_number_of_photos_of_each_class()
    {
        int[] strata = [0, 1, 1, 2, 2, 2, 2, 2];
        foreach (var counts in new Bootstrap(50).Draw(strata))
            for (var stratum = 0; stratum < 3; stratum++)
                Assert.Equal(strata.Count(value => value == stratum), counts.Where((_, photo) => strata[photo] == stratum).Sum());
        Assert.Contains(new Bootstrap(50, Stratified: false).Draw(strata), counts => counts[0] != 1);
    }

    [Fact]
    public void The_seed_fixes_the_intervals()
    {
        var photos = RandomPhotos.Make(1, 40, 3);
        Assert.Equal(ClassificationFigures.Of(photos, 3, Quick).Confidence95, ClassificationFigures.Of(photos, 3, Quick).Confidence95);
        Assert.NotEqual(ClassificationFigures.Of(photos, 3, Quick).Confidence95, ClassificationFigures.Of(photos, 3, Quick with { Seed = 1 }).Confidence95);
    }

    [Fact]
    public void A_class_without_photos_has_no_figures_and_is_left_out_of_the_means()
    {
        var figures = ClassificationFigures.Of([new("1", 0, [0.6, 0.3, 0.1], 0, [0]), new("2", 1, [0.5, 0.4, 0.1], 0, [0])], 3, Quick);
        Assert.Equal(new ClassFigures(0, null, null, null), figures.PerClass[2]);
        Assert.Equal(0.5, figures.Overall.BalancedAccuracy);
        Assert.Equal(1, figures.Overall.MacroAuroc);
    }

    [Fact]
    public void Photos_of_one_class_have_no_auroc_and_no_interval_for_it()
    {
        var figures = ClassificationFigures.Of([new("1", 0, [0.6, 0.4], 0, [0])], 2, Quick);
        Assert.True(double.IsNaN(figures.Overall.MacroAuroc));
        Assert.DoesNotContain("macroAuroc", figures.Confidence95.Keys);
    }

    [Fact]
    public void What_cannot_be_counted_is_refused_by_name()
    {
        Assert.Throws<ArgumentException>(() => ClassificationFigures.Of([], 2));
        Assert.Contains("x.jpg", Assert.Throws<ArgumentException>(() => ClassificationFigures.Of([new("x.jpg", 0, [1], 0, [])], 2)).Message, StringComparison.Ordinal);
        Assert.Contains("x.jpg", Assert.Throws<ArgumentException>(() => ClassificationFigures.Of([new("x.jpg", 2, [1, 0], 0, [])], 2)).Message, StringComparison.Ordinal);
        Assert.Contains("x.jpg", Assert.Throws<ArgumentException>(() => ClassificationFigures.Of([new("x.jpg", 0, [double.NaN, 0], 0, [])], 2)).Message, StringComparison.Ordinal);
    }
}
