using DermAssistant.Training;

namespace DermAssistant.Tests;

public class TwoTowerTests
{
    private static readonly NetworkShape Shape = new() { Embedding = 16, Blocks = [1, 1, 1, 1], Width = 16, TextWidth = 32, TextHeads = 2, TextLayers = 1, Vocabulary = 600 };

    [TorchFact]
    public void Every_tensor_is_in_the_state_dict_once_under_open_clips_name()
    {
        using var network = new TwoTower(Shape, 64);
        var state = network.OpenClipState();
        Assert.Contains("visual.layer2.0.downsample.0.weight", state.Keys);
        Assert.Contains("visual.attnpool.positional_embedding", state.Keys);
        Assert.Contains("transformer.resblocks.0.attn.in_proj_weight", state.Keys);
        Assert.Contains("token_embedding.weight", state.Keys);
        Assert.DoesNotContain(state.Keys, key => key.Contains("._", StringComparison.Ordinal) || key.StartsWith('_'));
        Assert.Equal(network.parameters().Count(), network.parameters().Select(p => p.Handle).Distinct().Count());
    }

    [TorchFact]
    public void A_tower_made_for_large_photos_reads_small_ones()
    {
        using var network = new TwoTower(Shape, 96);
        network.eval();
        using var small = TorchSharp.torch.zeros(2, 3, 64, 64);
        using var embedding = network.EncodeImages(small);
        Assert.Equal([2, 16], embedding.shape);
    }
}
