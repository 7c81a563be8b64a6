using DermAssistant.Imaging.Resampling;
using FsCheck.Xunit;

namespace DermAssistant.Imaging.Tests.Resampling;

public class ResamplerTests
{
    [Property(MaxTest = 300)]
    public void Any_window_equals_that_part_of_the_plain_version(int seed)
    {
        var random = new Random(seed);
        var mode = random.Next(2) == 0 ? PixelMode.Gray : PixelMode.Rgb;
        var interpolation = random.Next(2) == 0 ? Interpolation.Bicubic : Interpolation.Bilinear;
        var raster = MakeRaster(random, random.Next(1, 120), random.Next(1, 90), mode);
        int newWidth = random.Next(1, 60), newHeight = random.Next(1, 60);
        int left = random.Next(newWidth), top = random.Next(newHeight);
        int width = random.Next(1, newWidth - left + 1), height = random.Next(1, newHeight - top + 1);

        var whole = PlainResampler.Resample(raster.Pixels, raster.Width, raster.Height, raster.Channels, newWidth, newHeight, interpolation);
        var expected = Cut(whole, newWidth, left, top, width, height, raster.Channels);
        var across = AxisWeights.Create(raster.Width, newWidth, interpolation, left, width, random.Next(1, 9));
        var down = AxisWeights.Create(raster.Height, newHeight, interpolation, top, height);
        Assert.Equal(expected, Resampler.Resample(raster, across, down, premultiply: false));
    }

    [Property(MaxTest = 50)]
    public void The_same_size_gives_the_same_samples(int seed)
    {
        var random = new Random(seed);
        var raster = MakeRaster(random, random.Next(1, 50), random.Next(1, 50), PixelMode.Rgb);
        var across = AxisWeights.Create(raster.Width, raster.Width, Interpolation.Bicubic, 0, raster.Width, Resampler.PixelsAStep);
        var down = AxisWeights.Create(raster.Height, raster.Height, Interpolation.Bicubic, 0, raster.Height);
        Assert.Equal(raster.Pixels, Resampler.Resample(raster, across, down, premultiply: false));
    }

    [Property(MaxTest = 50)]
    public void A_flat_colour_stays_flat_at_any_alpha_but_none(byte red, byte green, byte blue, int seed)
    {
        var random = new Random(seed);
        var raster = MakeRaster(random, random.Next(2, 60), random.Next(2, 60), PixelMode.Rgba);
        for (var i = 0; i < raster.Pixels.Length; i += 4)
            (raster.Pixels[i], raster.Pixels[i + 1], raster.Pixels[i + 2], raster.Pixels[i + 3]) = (red, green, blue, 255);
        var across = AxisWeights.Create(raster.Width, 20, Interpolation.Bicubic, 0, 20, Resampler.PixelsAStep);
        var down = AxisWeights.Create(raster.Height, 20, Interpolation.Bicubic, 0, 20);
        var result = Resampler.Resample(raster, across, down, premultiply: true);
        Assert.All(result.Chunk(4), pixel => Assert.Equal([red, green, blue, 255], pixel));
    }

    [Fact]
    public void Premultiplying_rounds_as_the_exact_quotient_does()
    {
        for (var a = 0; a < 256; a++)
            for (var b = 0; b < 256; b++)
                Assert.Equal((int)Math.Round(a * b / 255.0, MidpointRounding.AwayFromZero), Premultiplied.Scale(a, b));
    }

    private static Raster MakeRaster(Random random, int width, int height, PixelMode mode)
    {
        var raster = new Raster(width, height, mode, new byte[width * height * (mode == PixelMode.Gray ? 1 : 4)], 0);
        // Extremes provoke the overshoot that has to be clipped.
        for (var i = 0; i < raster.Pixels.Length; i++)
            raster.Pixels[i] = random.Next(3) switch { 0 => 0, 1 => 255, _ => (byte)random.Next(256) };
        return raster;
    }

    private static byte[] Cut(byte[] pixels, int pixelsARow, int left, int top, int width, int height, int channels) =>
        [.. Enumerable.Range(top, height).SelectMany(y => pixels.Skip((y * pixelsARow + left) * channels).Take(width * channels))];
}
