using DermAssistant.Training;

namespace DermAssistant.Tests;

public class EpochOrderTests
{
    // 90 of the first label, 10 of the second.
    private static readonly int[] Labels = [.. Enumerable.Range(0, 100).Select(i => i % 10 == 0 ? 1 : 0)];

    [Fact]
    public void With_a_balance_of_one_every_sample_is_drawn_once() =>
        Assert.Equal(Enumerable.Range(0, 100), new EpochOrder(Labels, 1).Draw(new Random(1)).Order());

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.6)]
    [InlineData(0.9)]
    public void A_rare_label_is_drawn_more_often_than_it_occurs_and_its_samples_equally_often(double balance)
    {
        var order = new EpochOrder(Labels, balance);
        var drawn = order.Draw(new Random(1));

        Assert.Equal(100, drawn.Length);
        Assert.Equal(1, order.Shares.Sum(), 12);
        Assert.Equal(order.Shares[1] * 100, drawn.Count(sample => Labels[sample] == 1), 1.0);
        Assert.True(order.Shares[1] > 0.1);
        Assert.All(drawn.GroupBy(sample => Labels[sample]), label =>
        {
            var times = label.CountBy(sample => sample).Select(count => count.Value).ToArray();
            Assert.InRange(times.Max() - times.Min(), 0, 1);
        });
    }

    [Fact]
    public void The_same_random_source_draws_the_same_epoch() =>
        Assert.Equal(new EpochOrder(Labels, 0.6).Draw(new Random(5)), new EpochOrder(Labels, 0.6).Draw(new Random(5)));
}
