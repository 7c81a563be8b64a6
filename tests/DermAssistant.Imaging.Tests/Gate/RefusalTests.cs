using System.Text;
using DermAssistant.Imaging.Tests.Drawings;
using DermAssistant.Imaging.Tests.Preprocessing;

namespace DermAssistant.Imaging.Tests.Gate;

public sealed class RefusalTests : IDisposable
{
    private static readonly PhotoGate Gate = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gate-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_missing_file_is_refused_and_says_to_check_the_path() =>
        AssertRefused(Gate.AdmitFile(InFolder("nowhere.jpg")), "nowhere.jpg", "There is no file", "Check the path");

    [Fact]
    public void A_folder_is_refused_and_says_to_name_the_photos_inside()
    {
        Directory.CreateDirectory(InFolder("photos.jpg"));
        AssertRefused(Gate.AdmitFile(InFolder("photos.jpg")), "photos.jpg", "is a folder", "Name the photos inside");
    }

    [Fact]
    public void A_file_that_another_program_holds_is_refused_as_unreadable()
    {
        using var held = new FileStream(InFolder("held.jpg"), FileMode.Create, FileAccess.Write, FileShare.None);
        AssertRefused(Gate.AdmitFile(InFolder("held.jpg")), "held.jpg", "cannot be read", "Check the file's permissions");
    }

    [Fact]
    public void An_empty_file_is_refused()
    {
        File.WriteAllBytes(InFolder("empty.jpg"), []);
        AssertRefused(Gate.AdmitFile(InFolder("empty.jpg")), "empty.jpg", "is empty", "Send the original file again");
        AssertRefused(Gate.Admit(default, "empty.png"), "empty.png", "is empty");
    }

    [Fact]
    public void An_upload_without_a_name_is_still_named_in_the_reason() =>
        AssertRefused(Gate.Admit(default, ""), "The upload", "is empty");

    [Theory]
    [InlineData("%PDF-1.7\n1 0 obj", "a PDF document", "as JPEG or PNG")]
    [InlineData("<!DOCTYPE html><html>", "a web page", "Save the picture itself")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing", "send a photo")]
    [InlineData("dear doctor", "a text file", "Send a photo")]
    [InlineData("PK\u0003\u0004 and so on", "a ZIP archive or Office document", "Unpack it")]
    [InlineData("8BPS\0\u0001", "a Photoshop file", "Export it")]
    [InlineData("\0\0\0\u0018ftypmp42\0\0\0\0mp42isom", "a video", "one sharp frame")]
    [InlineData("\0\0\0\u0018ftypcrx \0\0\0\0crx isom", "a camera raw file", "Export it")]
    [InlineData("\u0001\u0002\u0003\u0004\u0005", "no picture of a known format", "JPEG, PNG, WebP, GIF or BMP")]
    public void Something_else_named_jpg_is_refused_by_what_it_is(string content, string what, string remedy)
    {
        var result = Gate.Admit(Encoding.Latin1.GetBytes(content), "scan.jpg");
        AssertRefused(result, "scan.jpg", what, remedy);
        Assert.Contains("although its name ends in .jpg", result.Report.Reasons[0]);
        Assert.Null(result.Report.Format);
    }

    [Fact]
    public void A_dicom_file_is_told_from_its_preamble()
    {
        var file = new byte[200];
        "DICM"u8.CopyTo(file.AsSpan(128));
        AssertRefused(Gate.Admit(file, "1.dcm"), "1.dcm", "a DICOM file", "without patient data");
    }

    [Theory]
    [InlineData("heic", "a HEIC picture", "Most Compatible", PhotoFormat.Heic)]
    [InlineData("mif1", "a HEIC picture", "Save it as JPEG", PhotoFormat.Heic)]
    [InlineData("avif", "an AVIF picture", "save it as JPEG or PNG", PhotoFormat.Avif)]
    public void A_phone_format_is_refused_and_says_how_to_convert_it(string brand, string what, string remedy, PhotoFormat format)
    {
        var file = Encoding.Latin1.GetBytes($"\0\0\0\u0018ftyp{brand}\0\0\0\0{brand}miaf");
        var result = Gate.Admit(file, "IMG_0001.jpg");
        AssertRefused(result, "IMG_0001.jpg", what, remedy);
        Assert.Equal(format, result.Report.Format);
    }

    [Fact]
    public void A_tiff_is_refused_and_says_how_to_convert_it() =>
        AssertRefused(Gate.Admit("II*\0\u0008\0\0\0\0\0\0\0"u8.ToArray(), "slide.tif"), "slide.tif", "a TIFF picture", "save it as JPEG or PNG");

    [Theory]
    [InlineData("mole.jpg")]
    [InlineData("mole.gif")]
    [InlineData("mole.tiff")]
    [InlineData("mole.pdf")]
    public void A_png_under_another_type_s_name_is_refused_and_says_the_right_name(string name) =>
        AssertRefused(Gate.Admit(Drawing.Spot().EncodePng(), name), name, "is a PNG picture", $"although its name ends in {Path.GetExtension(name)}", "rename it to 'mole.png'");

    [Theory]
    [InlineData("mole.jpg")]
    [InlineData("mole.JPEG")]
    [InlineData("mole.jpe")]
    [InlineData("mole.jfif")]
    [InlineData("mole")]
    [InlineData("mole.2024")]
    [InlineData("")]
    public void A_jpeg_under_any_of_its_names_or_none_is_accepted(string name) =>
        Assert.True(Gate.Admit(Drawing.Spot().EncodeJpeg(), name).Report.Accepted);

    public static TheoryData<string> OneOfEachFormat =>
        ["jpeg420_640x427.jpg", "jpeg_progressive_517x389.jpg", "rgb_640x427.png", "palette_410x300.png", "webp_lossless_320x229.webp", "gif_280x230.gif", "bmp_100x80.bmp"];

    [Theory]
    [MemberData(nameof(OneOfEachFormat))]
    public void A_truncated_file_is_refused_wherever_it_was_cut(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(ReferenceFixture.Folder, file));
        for (var percent = 1; percent < 100; percent += 7)
        {
            var result = Gate.Admit(bytes.AsMemory(0, bytes.Length * percent / 100), file);
            AssertRefused(result, file);
            if (percent > 20) Assert.Contains("was cut off", result.Report.Reasons[0]);
        }

        AssertRefused(Gate.Admit(bytes.AsMemory(0, bytes.Length - 1), file), file, "was cut off", "Send the original file again");
    }

    [Fact]
    public void A_png_with_a_flipped_bit_is_refused_as_damaged()
    {
        var png = Drawing.Spot().EncodePng();
        png[png.Length / 2] ^= 1;
        AssertRefused(Gate.Admit(png, "mole.png"), "mole.png", "damaged", "checksum", "Send the original file again");
    }

    [Fact]
    public void A_png_whose_picture_data_are_too_few_is_refused()
    {
        var png = PngWriter.Write(64, 64, 8, 2, PngWriter.Rows(new byte[64 * 3 * 10], 64 * 3));
        AssertRefused(Gate.Admit(png, "mole.png"), "mole.png", "damaged");
    }

    [Fact]
    public void Animated_png_and_webp_are_refused_and_say_to_save_one_frame()
    {
        AssertRefused(Gate.Admit(Animations.Png(Drawing.Spot().EncodePng(), frames: 3), "a.png"), "a.png", "animated PNG of 3 frames", "Save one sharp frame");
        AssertRefused(Gate.Admit(Animations.WebP(frames: 5), "a.webp"), "a.webp", "animated WebP of 5 frames", "Save one sharp frame");
    }

    [Fact]
    public void A_lossless_jpeg_is_refused_and_says_to_save_it_anew()
    {
        var jpeg = Drawing.Spot().EncodeJpeg();
        jpeg[jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 1] = 0xC3;
        AssertRefused(Gate.Admit(jpeg, "rare.jpg"), "rare.jpg", "rare kind of JPEG", "save it as JPEG or PNG");
    }

    [Fact]
    public void Folders_and_control_characters_of_an_upload_s_name_are_not_repeated()
    {
        var report = Gate.Admit(Drawing.Spot().EncodePng(), "C:\\patients\\Jane Doe\\left\u001b[2Jarm.jpg").Report;
        Assert.Equal("left?[2Jarm.jpg", report.File);
        Assert.DoesNotContain("Jane", report.Reasons[0]);
    }

    [Fact]
    public void A_refused_file_still_reports_its_hash_and_has_no_photo()
    {
        var result = Gate.Admit("dear doctor"u8.ToArray(), "letter.txt");
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("dear doctor"u8)), result.Report.Sha256);
        Assert.Null(result.Photo);
        Assert.Null(result.Report.Quality);
    }

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);

    private static void AssertRefused(GateResult result, string name, params string[] said)
    {
        Assert.False(result.Report.Accepted);
        Assert.Null(result.Photo);
        var reason = Assert.Single(result.Report.Reasons);
        Assert.Contains(name, reason);
        Assert.All(said, part => Assert.Contains(part, reason));
    }
}
