using System.Security.Cryptography;
using DermAssistant.Imaging.Tests.Drawings;
using DermAssistant.Imaging.Tests.Preprocessing;

namespace DermAssistant.Imaging.Tests.Gate;

public class AcceptanceTests
{
    private static readonly PhotoGate Gate = new();

    [Theory]
    [InlineData("jpeg420_640x427.jpg", PhotoFormat.Jpeg, 640, 427)]
    [InlineData("rgb_640x427.png", PhotoFormat.Png, 640, 427)]
    [InlineData("webp_lossless_320x229.webp", PhotoFormat.WebP, 320, 229)]
    [InlineData("gif_280x230.gif", PhotoFormat.Gif, 280, 230)]
    [InlineData("bmp_100x80.bmp", PhotoFormat.Bmp, 100, 80)]
    public void A_sound_file_of_each_format_becomes_a_photo(string file, PhotoFormat format, int width, int height)
    {
        var path = Path.Combine(ReferenceFixture.Folder, file);
        var (report, photo) = Gate.AdmitFile(path);
        Assert.True(report.Accepted);
        Assert.Empty(report.Reasons);
        Assert.Equal(path, report.File);
        Assert.NotNull(photo);
        Assert.Equal((file, format, width, height), (photo.Name, photo.Format, photo.Width, photo.Height));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), photo.Sha256);
        Assert.Equal((report.Sha256, report.Format, report.Width, report.Height), (photo.Sha256, format, width, height));
    }

    [Fact]
    public void The_first_frame_of_an_animated_gif_is_read_with_a_warning()
    {
        var still = File.ReadAllBytes(Path.Combine(ReferenceFixture.Folder, "gif_280x230.gif"));
        var animated = Gate.Admit(Animations.Gif(still, frames: 4), "a.gif");
        Assert.Contains("only the first of its 4 frames was read", Assert.Single(animated.Report.Quality!.Warnings));
        Assert.Equal(Gate.Admit(still, "s.gif").Photo!.ToRgb().Pixels, animated.Photo!.ToRgb().Pixels);
    }

    [Fact]
    public void Bytes_behind_the_end_of_a_jpeg_as_phones_add_them_do_no_harm() =>
        Assert.True(Gate.Admit((byte[])[.. Drawing.Spot().EncodeJpeg(), .. "MotionPhoto_Data"u8], "a.jpg").Report.Accepted);

    [Fact]
    public async Task The_same_file_gives_the_same_report_and_pixels_on_every_thread()
    {
        var file = await File.ReadAllBytesAsync(Path.Combine(ReferenceFixture.Folder, "jpeg420_640x427.jpg"));
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Gate.Admit(file, "a.jpg"))));
        var first = results[0];
        Assert.All(results, result =>
        {
            Assert.Equal(first.Report.Quality!.Sharpness, result.Report.Quality!.Sharpness);
            Assert.Equal(first.Report with { Quality = null, Reasons = [] }, result.Report with { Quality = null, Reasons = [] });
            Assert.Equal(first.Photo!.EncodeJpeg(100), result.Photo!.EncodeJpeg(100));
            Assert.Equal(
                Preprocessor.Crop(first.Photo!, ReferenceFixture.Clip).Pixels,
                Preprocessor.Crop(result.Photo!, ReferenceFixture.Clip).Pixels);
        });
    }
}
