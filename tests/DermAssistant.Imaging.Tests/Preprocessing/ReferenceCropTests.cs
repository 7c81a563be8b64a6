using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DermAssistant.Imaging.Tests.Preprocessing;

public class ReferenceCropTests
{
    private const string Gray16 = "gray16_300x250.png";
    private const string Cmyk = "jpeg_cmyk_320x240.jpg";

    public static TheoryData<string> Exact => [.. ReferenceFixture.All.Keys.Where(file => file is not (Gray16 or Cmyk))];

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
    public void A_cmyk_crop_is_at_most_one_off_since_skia_multiplies_ink_out_before_resizing()
    {
        var fixture = ReferenceFixture.All[Cmyk];
        var crop = Preprocessor.Crop(fixture.Admit(), ReferenceFixture.Clip);
        Assert.InRange(LargestDifference(fixture.ReadCrop(), crop), 0, 1);
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
