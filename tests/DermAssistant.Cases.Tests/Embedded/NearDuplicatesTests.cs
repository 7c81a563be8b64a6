namespace DermAssistant.Cases.Tests;

public class NearDuplicatesTests
{
    [Fact]
    public void Cases_far_apart_need_no_more_than_the_lowest_threshold()
    {
        var rows = Rows([.. TestCases.Random(1, 100, 64).Select(entry => entry.Embedding)]);
        Assert.Equal(NearDuplicates.Lowest, NearDuplicates.Threshold(rows, default));
    }

    [Fact]
    public void An_encoder_that_puts_different_lesions_close_together_raises_the_threshold()
    {
        // Neighbours one hundredth of a radian apart have a cosine of .99995; at a tenth, .995.
        Assert.Equal(NearDuplicates.Highest, NearDuplicates.Threshold(Fan(0.01), default));
        Assert.Equal(0.995, NearDuplicates.Threshold(Fan(0.1), default), 3);
    }

    [Fact]
    public void One_case_has_no_neighbours_to_learn_from() => Assert.Equal(NearDuplicates.Lowest, NearDuplicates.Threshold(Fan(0.1, 1), default));

    private static EmbeddingRows Fan(double step, int count = 40) =>
        Rows([.. Enumerable.Range(0, count).Select(index => new[] { (Half)Math.Cos(index * step), (Half)Math.Sin(index * step) })]);

    private static EmbeddingRows Rows(Half[][] embeddings) => new([.. embeddings.SelectMany(embedding => embedding)], embeddings[0].Length);
}
