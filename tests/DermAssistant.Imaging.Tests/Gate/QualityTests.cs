using DermAssistant.Imaging.Tests.Drawings;

namespace DermAssistant.Imaging.Tests.Gate;

public class QualityTests
{
    [Fact]
    public void A_sharp_well_lit_photo_has_no_warning()
    {
        var quality = Judge(Drawing.Spot());
        Assert.Empty(quality.Warnings);
        Assert.InRange(quality.Exposure, 0.6, 0.8);
    }

    [Fact]
    public void A_blurred_photo_is_said_to_be_blurred_and_how_to_take_it_again()
    {
        var sharp = Judge(Drawing.Spot());
        var blurred = Judge(Drawing.Spot().Blur(4));
        Assert.Contains("looks blurred. Take it again", Assert.Single(blurred.Warnings));
        Assert.True(blurred.Sharpness < sharp.Sharpness / 10);
    }

    [Fact]
    public void A_dark_photo_is_said_to_be_dark_and_not_blurred() =>
        Assert.Contains("too dark. Take it again in daylight", Assert.Single(Judge(Drawing.Spot().Map(p => p * 0.25)).Warnings));

    [Fact]
    public void Dark_skin_in_good_light_is_not_taken_for_a_dark_photo()
    {
        // Mean luma .27 with highlights, which darkened light skin has not.
        var skin = Drawing.Noise(256, 256, seed: 3).Map(p => 30 + p * 0.35);
        Assert.DoesNotContain(Judge(skin).Warnings, warning => warning.Contains("dark"));
    }

    [Fact]
    public void A_burnt_out_photo_is_said_to_be_overexposed() =>
        Assert.Contains(Judge(Drawing.Spot().Map(p => p * 1.9)).Warnings, warning => warning.Contains("overexposed. Take it again without flash"));

    [Fact]
    public void A_preview_is_said_to_be_small() =>
        Assert.Contains("small (120 x 100 pixels)", Assert.Single(Judge(Drawing.Spot(120, 100)).Warnings));

    [Fact]
    public void A_blank_picture_is_judged_without_dividing_by_nothing()
    {
        var black = Judge(Drawing.Flat(300, 300, 0, 0, 0));
        Assert.Equal((0, 0), (black.Sharpness, black.Exposure));
        Assert.Contains(black.Warnings, warning => warning.Contains("too dark"));
    }

    private static PhotoQuality Judge(RgbImage image) => new PhotoGate().Admit(image.EncodePng(), "a.png").Report.Quality!;
}
