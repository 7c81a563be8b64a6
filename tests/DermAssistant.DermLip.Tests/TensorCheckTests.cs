namespace DermAssistant.DermLip.Tests;

public sealed class TensorCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private PackManifest Build(Action<Dictionary<string, WeightTensor>> change)
    {
        var source = TinyPacks.ResNet();
        var weights = source.Weights!.ToDictionary();
        change(weights);
        return PackBuilder.Build(source with { Weights = weights }, _folder["pack"]);
    }

    private string Refusal(Action<Dictionary<string, WeightTensor>> change) => Assert.Throws<ModelPackException>(() => Build(change)).Message;

    [Fact]
    public void A_missing_scale_is_named() => Assert.Contains("1 missing: logit_scale", Refusal(weights => weights.Remove("logit_scale")));

    [Fact]
    public void A_scale_of_two_numbers_is_named() =>
        Assert.Contains("logit_scale is [2] instead of []", Refusal(weights => weights["logit_scale"] = new WeightTensor([2], [1, 2])));

    [Theory]
    [InlineData(1000f)]
    [InlineData(-1000f)]
    [InlineData(100f)]
    [InlineData(float.NaN)]
    public void A_scale_that_is_no_logarithm_is_refused(float scale) =>
        Assert.Contains("logit_scale", Refusal(weights => weights["logit_scale"] = new WeightTensor([], [scale])));

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 1 })]
    public void A_scale_may_be_a_number_or_a_list_of_one(int[] shape) =>
        Assert.Equal(Math.Exp(2.5f), Build(weights => weights["logit_scale"] = new WeightTensor(shape, [2.5f])).LogitScale, 1e-9);

    [Fact]
    public void Weights_of_whole_numbers_are_refused()
    {
        using var weights = new StateDict("quantised.bin", [
            new StateTensor("logit_scale", [], ElementType.Float32, () => [1]),
            new StateTensor("weight", [2], ElementType.Int8, () => [1, 2])]);

        Assert.Contains("weight is Int8", Assert.Throws<ModelPackException>(() => TensorCheck.Require(weights, [new("weight", 2)])).Message);
    }
}
