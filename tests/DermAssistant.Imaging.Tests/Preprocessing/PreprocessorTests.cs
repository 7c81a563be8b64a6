using DermAssistant.Imaging.Tests.Drawings;
using DermAssistant.Imaging.Tests.Resampling;

namespace DermAssistant.Imaging.Tests.Preprocessing;

public class PreprocessorTests
{
    private static readonly RgbImage Picture = Drawing.Noise(150, 90, seed: 11);
    private static readonly Photo Photo = Admit(Picture);

    [Theory]
    [InlineData(Interpolation.Bicubic)]
    [InlineData(Interpolation.Bilinear)]
    public void Squash_resizes_both_sides_to_the_square(Interpolation interpolation)
    {
        var crop = Preprocessor.Crop(Photo, ReferenceFixture.Clip with { ImageSize = 64, ResizeMode = ResizeMode.Squash, Interpolation = interpolation });
        Assert.Equal(PlainResampler.Resample(Picture.Pixels, 150, 90, 3, 64, 64, interpolation), crop.Pixels);
    }

    [Fact]
    public void Longest_keeps_the_whole_picture_between_black_bars()
    {
        var crop = Preprocessor.Crop(Photo, ReferenceFixture.Clip with { ImageSize = 50, ResizeMode = ResizeMode.Longest });
        var inside = PlainResampler.Resample(Picture.Pixels, 150, 90, 3, 50, 30, Interpolation.Bicubic);
        Assert.All(crop.Pixels[..(50 * 10 * 3)], value => Assert.Equal(0, value));
        Assert.Equal(inside, crop.Pixels[(50 * 10 * 3)..(50 * 40 * 3)]);
        Assert.All(crop.Pixels[(50 * 40 * 3)..], value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData("jpeg_cmyk_320x240.jpg", 255, 255, 255)]
    [InlineData("jpeg420_640x427.jpg", 0, 0, 0)]
    public void Longest_pads_with_what_all_zero_samples_stand_for(string file, byte red, byte green, byte blue)
    {
        var crop = Preprocessor.Crop(ReferenceFixture.All[file].Admit(), ReferenceFixture.Clip with { ResizeMode = ResizeMode.Longest });
        Assert.Equal((red, green, blue), crop.At(0, 0));
        Assert.Equal((red, green, blue), crop.At(223, 223));
    }

    [Fact]
    public void Bilinear_shrinks_with_antialiasing()
    {
        var crop = Preprocessor.Crop(Photo, ReferenceFixture.Clip with { ImageSize = 30, Interpolation = Interpolation.Bilinear });
        var whole = PlainResampler.Resample(Picture.Pixels, 150, 90, 3, 50, 30, Interpolation.Bilinear);
        for (var y = 0; y < 30; y++)
            Assert.Equal(whole[((y * 50 + 10) * 3)..((y * 50 + 40) * 3)], crop.Pixels[(y * 90)..(y * 90 + 90)]);
    }

    [Fact]
    public void Normalising_subtracts_the_mean_and_divides_by_the_deviation_channel_by_channel()
    {
        var config = new PreprocessConfig(1, [0.5f, 0.25f, 0f], [0.5f, 0.25f, 2f]);
        var tensor = new float[3];
        Preprocessor.Normalize(new RgbImage(1, 1, [255, 0, 51]), config, tensor);
        Assert.Equal([1f, -1f, 0.1f], tensor);
    }

    [Fact]
    public void A_configuration_or_tensor_that_does_not_fit_is_refused_clearly()
    {
        var config = ReferenceFixture.Clip;
        var crop = Preprocessor.Crop(Photo, config);
        Assert.Contains("5000", Assert.Throws<ArgumentException>(() => Preprocessor.Crop(Photo, config with { ImageSize = 5000 })).Message);
        Assert.Contains("shortest, longest, squash", Assert.Throws<ArgumentException>(() => Preprocessor.Crop(Photo, config with { ResizeMode = (ResizeMode)9 })).Message);
        Assert.Contains("bicubic", Assert.Throws<ArgumentException>(() => Preprocessor.Crop(Photo, config with { Interpolation = (Interpolation)9 })).Message);
        Assert.Contains("12", Assert.Throws<ArgumentException>(() => Preprocessor.Normalize(crop, config, new float[12])).Message);
        Assert.Contains("224 x 224", Assert.Throws<ArgumentException>(() => Preprocessor.Normalize(crop, config with { ImageSize = 2 }, new float[12])).Message);
    }

    private static Photo Admit(RgbImage image) => ReferenceFixture.Gate.Admit(image.EncodePng(), "a.png").Photo!;
}
