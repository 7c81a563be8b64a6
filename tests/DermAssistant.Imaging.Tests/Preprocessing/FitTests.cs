using DermAssistant.Imaging.Preprocessing;
using FsCheck.Xunit;

namespace DermAssistant.Imaging.Tests.Preprocessing;

public class FitTests
{
    [Theory]
    [InlineData(640, 427, 335, 224, 56, 0)]
    [InlineData(225, 224, 225, 224, 0, 0)]
    [InlineData(227, 224, 227, 224, 2, 0)]
    [InlineData(229, 224, 229, 224, 2, 0)]
    [InlineData(300, 1000, 224, 746, 0, 261)]
    [InlineData(1000, 60, 3733, 224, 1754, 0)]
    [InlineData(1, 1, 224, 224, 0, 0)]
    public void The_short_side_becomes_the_square_and_the_crop_offset_rounds_half_to_even(int width, int height, int resizedWidth, int resizedHeight, int left, int top) =>
        Assert.Equal(new Fit(resizedWidth, resizedHeight, left, top, 224, 224, 0, 0), Fit.Of(ReferenceFixture.Clip, width, height));

    [Theory]
    [InlineData(300, 200, 224, 149, 0, 37)]
    [InlineData(200, 300, 149, 224, 37, 0)]
    [InlineData(448, 225, 224, 112, 0, 56)]
    [InlineData(50, 50, 224, 224, 0, 0)]
    public void The_long_side_becomes_the_square_and_the_rest_is_padded(int width, int height, int resizedWidth, int resizedHeight, int padLeft, int padTop) =>
        Assert.Equal(
            new Fit(resizedWidth, resizedHeight, 0, 0, resizedWidth, resizedHeight, padLeft, padTop),
            Fit.Of(ReferenceFixture.Clip with { ResizeMode = ResizeMode.Longest }, width, height));

    [Property(MaxTest = 300)]
    public void Every_window_lies_inside_the_resized_picture_and_the_square(int seed)
    {
        var random = new Random(seed);
        var config = ReferenceFixture.Clip with { ImageSize = random.Next(1, 400), ResizeMode = (ResizeMode)random.Next(3) };
        var fit = Fit.Of(config, random.Next(1, 5000), random.Next(1, 5000));
        Assert.InRange(fit.Left, 0, fit.ResizedWidth - fit.Width);
        Assert.InRange(fit.Top, 0, fit.ResizedHeight - fit.Height);
        Assert.InRange(fit.PadLeft, 0, config.ImageSize - fit.Width);
        Assert.InRange(fit.PadTop, 0, config.ImageSize - fit.Height);
    }
}
