using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DermAssistant.Imaging.Tests.Drawings;

namespace DermAssistant.Imaging.Tests.Preprocessing;

public class ReferenceCropTests
{
    private const string Gray16 = "gray16_300x250.png";
    private const string Cmyk = "jpeg_cmyk_320x240.jpg";

    public static TheoryData<string> Exact => [.. ReferenceFixture.All.Keys.Where(file => file is not Gray16)];

    [Fact]
    public void All_twenty_five_drawings_of_the_reference_are_here() => Assert.Equal(25, ReferenceFixture.All.Count);

    [Theory]
    [MemberData(nameof(Exact))]
    public void The_crop_is_the_references_bit_for_bit(string file)
    {
        var fixture = ReferenceFixture.All[file];
        var crop = Preprocessor.Crop(fixture.Admit(), ReferenceFixture.Clip);
        Assert.Equal(0, LargestDifference(fixture.ReadCrop(), crop));
        Assert.Equal(fixture.CropSha256, Convert.ToHexStringLower(SHA256.HashData(crop.Pixels)));
    }

    [Theory]
    [MemberData(nameof(Exact))]
    public void The_tensor_is_the_references_bit_for_bit(string file)
    {
        var fixture = ReferenceFixture.All[file];
        var tensor = new float[3 * 224 * 224];
        Preprocessor.Normalize(Preprocessor.Crop(fixture.Admit(), ReferenceFixture.Clip), ReferenceFixture.Clip, tensor);
        Assert.Equal(fixture.TensorSha256, Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(tensor.AsSpan()))));
    }

    [Fact]
    public void A_cmyk_file_that_cannot_be_split_into_its_inks_is_at_most_one_off()
    {
        // Skia multiplies ink out before the picture is resized; a restart interval of more blocks than there are keeps the scan as it is.
        var fixture = ReferenceFixture.All[Cmyk];
        var unsplit = JpegMetadata.WithSegment(File.ReadAllBytes(fixture.Path), 0xDD, [0xFF, 0xFF]);
        var crop = Preprocessor.Crop(ReferenceFixture.Gate.Admit(unsplit, "a.jpg").Photo!, ReferenceFixture.Clip);
        Assert.Equal(1, LargestDifference(fixture.ReadCrop(), crop));
    }

    [Fact]
    public void Inks_stored_as_luminance_and_chrominance_are_converted_as_skia_converts_them()
    {
        var file = File.ReadAllBytes(ReferenceFixture.All[Cmyk].Path);
        file[file.AsSpan().IndexOf("Adobe"u8) + 11] = 2;
        var split = ReferenceFixture.Gate.Admit(file, "a.jpg").Photo!.ToRgb();
        var whole = ReferenceFixture.Gate.Admit(JpegMetadata.WithSegment(file, 0xDD, [0xFF, 0xFF]), "a.jpg").Photo!.ToRgb();
        Assert.InRange(LargestDifference(whole, split), 0, 1);
    }

    [Fact]
    public void Sixteen_bit_gray_is_read_by_its_high_byte_and_not_clipped_to_white_as_pillow_9_does()
    {
        var fixture = ReferenceFixture.All[Gray16];
        var crop = Preprocessor.Crop(fixture.Admit(), ReferenceFixture.Clip);
        Assert.True(fixture.ReadCrop().Pixels.Average(p => p) > 250);
        Assert.InRange(crop.Pixels.Average(p => p), 50, 200);
    }

    private static int LargestDifference(RgbImage expected, RgbImage actual)
    {
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        return expected.Pixels.Zip(actual.Pixels, (e, a) => Math.Abs(e - a)).Max();
    }
}
