using DermAssistant.Imaging.Tests.Drawings;
using ImageMagick;

namespace DermAssistant.Imaging.Tests.Gate;

public class ExtendedFormatTests
{
    private static readonly PhotoGate Gate = new(new PhotoGateOptions { AllowExtendedFormats = true });
    private static readonly RgbImage Picture = Drawing.Quarters(96, 64);

    [Fact]
    public void A_tiff_becomes_a_photo_where_extended_formats_are_allowed()
    {
        var (report, photo) = Gate.Admit(Tiff(Picture), "slide.tif");
        Assert.True(report.Accepted);
        Assert.Equal((PhotoFormat.Tiff, 96, 64), (report.Format, report.Width, report.Height));
        Assert.Equal(Picture.Pixels, photo!.ToRgb().Pixels);
    }

    [Fact]
    public void A_turned_tiff_is_upright()
    {
        using var image = new MagickImage(Picture.EncodePng());
        image.Orientation = ImageMagick.Orientation.RightTop;
        var photo = Gate.Admit(image.ToByteArray(MagickFormat.Tiff), "slide.tif").Photo!;
        Assert.Equal((64, 96), (photo.Width, photo.Height));
        Assert.Equal((20, 20, 220), photo.ToRgb().At(5, 5));
    }

    [Fact]
    public void A_truncated_tiff_is_refused()
    {
        var tiff = Tiff(Drawing.Noise(200, 200, seed: 1));
        Assert.Contains("'slide.tif' is a TIFF picture that", Assert.Single(Gate.Admit(tiff.AsMemory(0, tiff.Length / 2), "slide.tif").Report.Reasons));
    }

    [Fact]
    public void A_tiff_that_is_too_large_is_refused_with_its_size()
    {
        var small = new PhotoGate(new PhotoGateOptions { AllowExtendedFormats = true, MaxSide = 90 });
        Assert.Contains("96 x 64 pixels; a side may have 90 at most", Assert.Single(small.Admit(Tiff(Picture), "slide.tif").Report.Reasons));
    }

    [Theory]
    [InlineData("heic")]
    [InlineData("avif")]
    public void A_broken_phone_picture_is_refused_without_throwing(string brand)
    {
        byte[] file = [0, 0, 0, 24, .. System.Text.Encoding.ASCII.GetBytes("ftyp" + brand), 0, 0, 0, 0, .. System.Text.Encoding.ASCII.GetBytes(brand + "miaf"), .. new byte[100]];
        Assert.Contains("Send the original file again", Assert.Single(Gate.Admit(file, "IMG." + brand).Report.Reasons));
    }

    private static byte[] Tiff(RgbImage image)
    {
        using var magick = new MagickImage(image.EncodePng());
        return magick.ToByteArray(MagickFormat.Tiff);
    }
}
