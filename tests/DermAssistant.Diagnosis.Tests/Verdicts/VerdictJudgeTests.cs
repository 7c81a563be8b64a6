using DermAssistant.Ontology;

namespace DermAssistant.Diagnosis.Tests;

public class VerdictJudgeTests
{
    private static readonly NodeMasses Masses = new(FakePack.Labels);
    private static readonly VerdictCalibration Thresholds = new(0.95, 0.9, 0.9, 0.85, 0.95, 0.1);

    [Fact]
    public void A_condition_that_is_likely_enough_is_the_verdict()
    {
        var verdict = Judge(nv: 0.93, mel: 0.05, bkl: 0.02);
        Assert.Equal(("Melanocytic nevus", NodeLevel.Condition, false), (verdict.Name, verdict.Level!.Value, verdict.Abstained));
        Assert.Contains("93.0 %", verdict.Why);
    }

    [Fact]
    public void Two_conditions_of_one_group_back_off_to_the_group()
    {
        var verdict = Judge(mel: 0.5, bcc: 0.45, nv: 0.05);
        Assert.Equal(("Malignant neoplasms", NodeLevel.Group), (verdict.Name, verdict.Level!.Value));
        Assert.Equal(0.95, verdict.Probability, 1e-12);
        Assert.Contains("Melanoma", verdict.Why);
    }

    [Fact]
    public void Evidence_for_unrelated_conditions_is_not_enough()
    {
        var verdict = Judge(mel: 0.4, nv: 0.3, bkl: 0.3);
        Assert.True(verdict.Abstained);
        Assert.Null(verdict.Id);
        Assert.Null(verdict.Level);
        Assert.StartsWith("Not enough evidence.", verdict.Why);
    }

    [Fact]
    public void A_node_every_label_lies_under_is_no_verdict_though_its_mass_is_one()
    {
        Assert.All(FakePack.Labels.Labels, label => Assert.Equal("Neoplasms and proliferations", label.Node.Path[0]));
        Assert.DoesNotContain(Masses.Of([0.2, 0.1, 0.1, 0.1, 0.2, 0.2, 0.1]), mass => mass.Node.Level == NodeLevel.Category);
    }

    [Fact]
    public void A_benign_verdict_is_withheld_above_the_malignancy_limit()
    {
        var verdict = Judge(nv: 0.88, mel: 0.12);
        Assert.True(verdict.Abstained);
        Assert.Contains("malignant and in-situ conditions together have 12.0 %", verdict.Why);
        Assert.False(Judge(nv: 0.9, mel: 0.1).Abstained);
    }

    [Fact]
    public void A_malignant_verdict_is_never_withheld_for_its_malignancy()
    {
        Assert.Equal("Melanoma", Judge(mel: 0.97, nv: 0.03).Name);
    }

    [Fact]
    public void Without_a_calibration_only_the_overwhelming_is_said()
    {
        var judge = new VerdictJudge(Masses, null);
        Assert.True(judge.Judge(Probabilities(nv: 0.95, bkl: 0.05)).Abstained);
        Assert.False(judge.Judge(Probabilities(nv: 0.995, bkl: 0.005)).Abstained);
    }

    [Fact]
    public void A_level_without_a_threshold_gives_no_verdicts()
    {
        var judge = new VerdictJudge(Masses, Thresholds with { Condition = null, Subgroup = null });
        Assert.Equal(NodeLevel.Group, judge.Judge(Probabilities(nv: 1)).Level);
    }

    [Fact]
    public void The_thresholds_fitted_make_verdicts_right_at_the_stated_rate()
    {
        var random = new Random(3);
        var photos = Enumerable.Range(0, 3000).Select(_ =>
        {
            double[] p = Vectors.Softmax([.. Enumerable.Range(0, 7).Select(i => (9 * random.NextDouble()) + (i == 5 ? 2 : 0))]);
            return (P: p, Truth: ProbabilityFitTests.Pick(random, p));
        }).ToArray();
        var half = photos[..1500];
        var fit = VerdictFit.Fit(Masses, FakePack.Labels, [.. half.Select(photo => photo.P)], [.. half.Select(photo => photo.Truth)], new CalibrationOptions());
        var judge = new VerdictJudge(Masses, fit);
        var verdicts = photos[1500..].Select(photo => (Verdict: judge.Judge(photo.P), photo.Truth)).Where(pair => !pair.Verdict.Abstained).ToArray();
        var right = verdicts.Count(pair => FakePack.Labels.Labels[pair.Truth].Supported.Any(node => node.Id == pair.Verdict.Id));
        Assert.True(verdicts.Length > 100);
        Assert.InRange((double)right / verdicts.Length, 0.92, 1);
        var missed = photos[1500..].Count(photo => FakePack.Labels.Labels[photo.Truth].Malignant && judge.Judge(photo.P) is { Abstained: false } verdict
            && !FakePack.Labels.Labels.Any(label => label.Malignant && label.Supported.Any(node => node.Id == verdict.Id)));
        Assert.InRange((double)missed / photos[1500..].Count(photo => FakePack.Labels.Labels[photo.Truth].Malignant), 0, 0.08);
    }

    [Fact]
    public void A_label_for_several_conditions_does_not_decide_between_them()
    {
        var keratosis = FakePack.Labels.Labels[2];
        Assert.Equal("Benign keratosis, unspecified", keratosis.Node.Name);
        Assert.DoesNotContain(Masses.Of(Probabilities(bkl: 1)), mass => mass.Node.Name == "Seborrheic keratosis");
        Assert.Equal(2, FakePack.Labels.IndexOf(FakePack.Ontology.Conditions.First(node => node.Name == "Seborrheic keratosis")));
    }

    [Fact]
    public void In_situ_conditions_count_as_malignant()
    {
        Assert.Equal(["akiec", "bcc", "mel"], FakePack.Labels.Labels.Where(label => label.Malignant).Select(label => label.Code));
        Assert.Equal(0.6, Masses.Malignancy(Probabilities(akiec: 0.2, bcc: 0.1, mel: 0.3, nv: 0.4)), 1e-12);
    }

    private static Verdict Judge(double akiec = 0, double bcc = 0, double bkl = 0, double df = 0, double mel = 0, double nv = 0, double vasc = 0) =>
        new VerdictJudge(Masses, Thresholds).Judge(Probabilities(akiec, bcc, bkl, df, mel, nv, vasc));

    private static double[] Probabilities(
        double akiec = 0, double bcc = 0, double bkl = 0, double df = 0, double mel = 0, double nv = 0, double vasc = 0) =>
        [akiec, bcc, bkl, df, mel, nv, vasc];
}
