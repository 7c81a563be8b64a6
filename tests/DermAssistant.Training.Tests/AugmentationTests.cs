using DermAssistant.Imaging;
using DermAssistant.Training;

namespace DermAssistant.Tests;

public class AugmentationTests
{
    private static readonly PreprocessConfig Config = new(32, [0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]);

    [Fact]
    public void The_same_random_source_gives_the_same_view()
    {
        var photo = Drawings.Disc(64, (200, 40, 40));
        Assert.Equal(View(photo, 7, 1), View(photo, 7, 1));
        Assert.NotEqual(View(photo, 7, 1), View(photo, 8, 1));
    }

    [Fact]
    public void Without_strength_a_plain_photo_keeps_its_colour()
    {
        var photo = Drawings.Plain(64, (255, 128, 0));
        var view = View(photo, 3, 0);
        Assert.All(view[..1024], r => Assert.Equal((1 - 0.5f) / 0.25f, r, 0.01f));
        Assert.All(view[2048..], b => Assert.Equal(-0.5f / 0.25f, b, 0.01f));
    }

    [Fact]
    public void Views_stay_within_the_photo()
    {
        // Mirrored edges: no view of a white photo has a dark corner.
        var photo = Drawings.Plain(64, (255, 255, 255));
        for (var seed = 0; seed < 50; seed++)
            Assert.True(View(photo, seed, 1).Min() > 0.5f);
    }

    private static float[] View(RgbImage photo, int seed, double strength)
    {
        var chw = new float[3 * 32 * 32];
        Augmentation.Sample(photo, 32, Config, new Random(seed), strength, chw);
        return chw;
    }
}
