using System.Text;
using DermAssistant.Imaging.Tests.Drawings;
using DermAssistant.Imaging.Tests.Preprocessing;
using SkiaSharp;

namespace DermAssistant.Imaging.Tests;

public class PhotoTests
{
    private const string Secret = "GPS 48.2082 N 16.3738 E";
    private static readonly PhotoGate Gate = new();

    /// <summary>Which stored quarter (0 top left, 1 top right, 2 bottom left, 3 bottom right) each upright quarter shows, from the EXIF table.</summary>
    [Theory]
    [InlineData(1, 0, 1, 2, 3)]
    [InlineData(2, 1, 0, 3, 2)]
    [InlineData(3, 3, 2, 1, 0)]
    [InlineData(4, 2, 3, 0, 1)]
    [InlineData(5, 0, 2, 1, 3)]
    [InlineData(6, 2, 0, 3, 1)]
    [InlineData(7, 3, 1, 2, 0)]
    [InlineData(8, 1, 3, 0, 2)]
    [InlineData(0, 0, 1, 2, 3)]
    [InlineData(9, 0, 1, 2, 3)]
    public void People_see_the_photo_upright_for_every_exif_orientation(ushort orientation, int topLeft, int topRight, int bottomLeft, int bottomRight)
    {
        var stored = Drawing.Quarters(96, 64);
        var photo = Gate.Admit(JpegMetadata.WithExif(stored.EncodeJpeg(95), orientation), "a.jpg").Photo!;
        Assert.Equal(orientation is >= 5 and <= 8 ? (64, 96) : (96, 64), (photo.Width, photo.Height));
        foreach (var shown in new[] { photo.ToRgb(), photo.ToRgb(48) })
        {
            Assert.Equal(photo.Width * shown.Height, photo.Height * shown.Width);
            Assert.Equal(topLeft, Quarter(shown, 0.25, 0.25));
            Assert.Equal(topRight, Quarter(shown, 0.75, 0.25));
            Assert.Equal(bottomLeft, Quarter(shown, 0.25, 0.75));
            Assert.Equal(bottomRight, Quarter(shown, 0.75, 0.75));
        }
    }

    [Fact]
    public void What_is_stored_holds_no_metadata()
    {
        var jpeg = JpegMetadata.WithExif(Drawing.Spot().EncodeJpeg(), 6, Secret);
        jpeg = JpegMetadata.WithSegment(jpeg, 0xFE, Encoding.ASCII.GetBytes(Secret));
        jpeg = JpegMetadata.WithSegment(jpeg, 0xE1, Encoding.ASCII.GetBytes("http://ns.adobe.com/xap/1.0/\0" + Secret));
        var photo = Gate.Admit(jpeg, "a.jpg").Photo!;

        var storedJpeg = photo.EncodeJpeg();
        Assert.DoesNotContain("GPS", Encoding.Latin1.GetString(storedJpeg));
        Assert.All(JpegMetadata.Markers(storedJpeg), marker => Assert.True(marker is 0xE0 or 0xDB or 0xC0 or 0xC4 or 0xDD, $"marker {marker:X2}"));
        Assert.Equal((photo.Width, photo.Height), (240, 320));

        var storedPng = photo.EncodePng();
        Assert.All(PngWriter.ChunkTypes(storedPng), type => Assert.True(type is "IHDR" or "sBIT" or "IDAT" or "IEND", type));
    }

    [Fact]
    public void A_stored_photo_is_as_large_as_asked_at_most_and_never_enlarged()
    {
        var photo = Gate.Admit(Drawing.Spot(320, 240).EncodePng(), "a.png").Photo!;
        var shrunk = Gate.Admit(photo.EncodeJpeg(maxSide: 80), "b.jpg").Report;
        Assert.Equal((80, 60), (shrunk.Width, shrunk.Height));
        Assert.Equal((320, 240), (photo.ToRgb(5000).Width, photo.ToRgb(5000).Height));
        Assert.Equal((1, 1), (photo.ToRgb(1).Width, photo.ToRgb(1).Height));
        Assert.Throws<ArgumentOutOfRangeException>(() => photo.ToRgb(0));
    }

    [Fact]
    public void An_embedded_colour_profile_is_converted_for_people_and_ignored_for_encoders()
    {
        using var adobe = SKColorSpace.CreateRgb(SKColorSpaceTransferFn.TwoDotTwo, SKColorSpaceXyz.AdobeRgb);
        using var bitmap = new SKBitmap(new SKImageInfo(224, 224, SKColorType.Rgba8888, SKAlphaType.Opaque, adobe));
        var pixels = new byte[224 * 224 * 4];
        for (var i = 0; i < pixels.Length; i += 4) (pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]) = (190, 120, 100, 255);
        System.Runtime.InteropServices.Marshal.Copy(pixels, 0, bitmap.GetPixels(), pixels.Length);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        var photo = Gate.Admit(png.ToArray(), "adobe.png").Photo!;

        Assert.Equal((190, 120, 100), Preprocessor.Crop(photo, ReferenceFixture.Clip).At(0, 0));
        var (red, green, blue) = photo.ToRgb().At(0, 0);
        // Adobe RGB (190, 120, 100) in sRGB, from the two matrices and gamma 2.2.
        Assert.InRange(red, 212, 216);
        Assert.InRange(green, 118, 122);
        Assert.InRange(blue, 97, 101);
    }

    [Fact]
    public void Transparent_parts_lie_over_white_for_people_and_keep_their_colour_for_encoders()
    {
        var samples = new byte[224 * 224 * 4];
        for (var i = 0; i < samples.Length; i += 4) (samples[i], samples[i + 1], samples[i + 2]) = (200, 10, 10);
        var photo = Gate.Admit(PngWriter.Write(224, 224, 8, 6, PngWriter.Rows(samples, 224 * 4)), "a.png").Photo!;
        Assert.Equal((255, 255, 255), photo.ToRgb().At(5, 5));
        Assert.Equal((200, 10, 10), Preprocessor.Crop(photo, ReferenceFixture.Clip).At(5, 5));
    }

    [Fact]
    public void A_png_of_a_crop_gives_back_the_very_pixels()
    {
        var noise = Drawing.Noise(61, 47, seed: 5);
        Assert.Equal(noise.Pixels, Gate.Admit(noise.EncodePng(), "a.png").Photo!.ToRgb().Pixels);
        Assert.Equal(noise.EncodePng(), noise.EncodePng());
        Assert.Throws<InvalidOperationException>(() => new RgbImage(2, 2, [1, 2, 3]).EncodePng());
        Assert.Throws<ArgumentOutOfRangeException>(() => noise.EncodeJpeg(0));
    }

    private static int Quarter(RgbImage image, double x, double y)
    {
        var (red, green, blue) = image.At((int)(image.Width * x), (int)(image.Height * y));
        return (red > 128, green > 128, blue > 128) switch
        {
            (true, false, false) => 0,
            (false, true, false) => 1,
            (false, false, true) => 2,
            (true, true, false) => 3,
            _ => throw new InvalidOperationException($"({red}, {green}, {blue}) is no quarter's colour."),
        };
    }
}
