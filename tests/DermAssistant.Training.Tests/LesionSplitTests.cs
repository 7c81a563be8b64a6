using DermAssistant.Training;

namespace DermAssistant.Tests;

public class LesionSplitTests
{
    private static readonly (string, string)[] Lesions =
        [.. Enumerable.Range(0, 1000).Select(i => ($"lesion{i / 2}", i / 2 % 10 == 0 ? "rare" : "common"))];

    [Fact]
    public void Photos_of_one_lesion_stay_in_one_split()
    {
        var splits = LesionSplit.Assign(Lesions, 1);
        for (var i = 0; i < splits.Length; i += 2) Assert.Equal(splits[i], splits[i + 1]);
    }

    [Fact]
    public void Every_label_is_split_eighty_ten_ten()
    {
        var splits = LesionSplit.Assign(Lesions, 1);
        foreach (var label in new[] { "rare", "common" })
        {
            var own = splits.Where((_, i) => Lesions[i].Item2 == label).ToArray();
            Assert.Equal(0.1, own.Count(s => s == Split.Calibration) / (double)own.Length, 2);
            Assert.Equal(0.1, own.Count(s => s == Split.Validation) / (double)own.Length, 2);
        }
    }

    [Fact]
    public void The_order_of_the_rows_does_not_matter()
    {
        var forwards = LesionSplit.Assign(Lesions, 1);
        var backwards = LesionSplit.Assign([.. Lesions.Reverse()], 1);
        Assert.Equal(forwards, backwards.Reverse());
    }

    [Fact]
    public void Another_seed_gives_another_split() =>
        Assert.NotEqual(LesionSplit.Assign(Lesions, 1), LesionSplit.Assign(Lesions, 2));
}
