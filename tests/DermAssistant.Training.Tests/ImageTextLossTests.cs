using DermAssistant.Training;
using static TorchSharp.torch;

namespace DermAssistant.Tests;

public class ImageTextLossTests
{
    [TorchFact]
    public void Captions_of_the_same_label_are_positives_of_each_other()
    {
        // Two labels on two axes. Swapping captions within a label costs little; swapping across labels costs much.
        using var images = tensor(new float[,] { { 1, 0 }, { 1, 0 }, { 0, 1 }, { 0, 1 } });
        using var across = tensor(new float[,] { { 0, 1 }, { 0, 1 }, { 1, 0 }, { 1, 0 } });
        using var labels = tensor(new long[] { 0, 0, 1, 1 });
        using var scale = tensor(10f);
        var aligned = ImageTextLoss.Captions(images, images, labels, scale).item<float>();
        var crossed = ImageTextLoss.Captions(images, across, labels, scale).item<float>();
        Assert.Equal(Math.Log(2), aligned, 1e-3);
        Assert.True(crossed > aligned + 5);
    }

    [TorchFact]
    public void Without_a_view_of_the_photo_the_prior_decides()
    {
        using var images = tensor(new float[,] { { 1, 0 } });
        using var prompts = tensor(new float[,] { { 0, 1 }, { 0, 1 } });
        using var prior = tensor(new[] { MathF.Log(0.9f), MathF.Log(0.1f) });
        Assert.True(Loss(1, 1, 1) > Loss(0, 0, 1));

        float Loss(long label, long other, double share) =>
            ImageTextLoss.Prompts(images, prompts, tensor(new[] { label }), tensor(new[] { other }), share, prior).item<float>();
    }

    [TorchFact]
    public void A_mixed_photo_costs_what_its_two_photos_cost_by_their_shares()
    {
        using var images = tensor(new float[,] { { 0.6f, 0.8f } });
        using var prompts = tensor(new float[,] { { 1, 0 }, { 0, 1 } });
        using var prior = zeros(2);

        Assert.Equal(0.3 * Loss(0, 0, 1) + 0.7 * Loss(1, 1, 1), Loss(0, 1, 0.3), 1e-5);

        double Loss(long label, long other, double share) =>
            ImageTextLoss.Prompts(images, prompts, tensor(new[] { label }), tensor(new[] { other }), share, prior).item<float>();
    }
}
