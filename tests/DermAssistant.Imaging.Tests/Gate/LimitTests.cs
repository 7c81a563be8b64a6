using System.Diagnostics;
using DermAssistant.Imaging.Tests.Drawings;

namespace DermAssistant.Imaging.Tests.Gate;

public sealed class LimitTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("limit-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_png_of_sixty_thousand_pixels_a_side_is_refused_from_its_header_in_no_time_and_no_memory()
    {
        var bomb = PngWriter.Write(60_000, 60_000, 8, 2, new byte[100_000]);
        var gate = new PhotoGate();
        gate.Admit(bomb, "warm.png");
        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var report = gate.Admit(bomb, "bomb.png").Report;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 1000);
        Assert.False(report.Accepted);
        Assert.Equal((60_000, 60_000), (report.Width, report.Height));
        Assert.Contains("'bomb.png' is 60,000 x 60,000 pixels; a side may have 12,000 at most. Crop it", report.Reasons[0]);
    }

    [Theory]
    [InlineData(60_000, 60_000)]
    [InlineData(65_535, 1_000)]
    public void A_jpeg_gif_or_bmp_that_claims_to_be_huge_is_refused_too(int width, int height)
    {
        byte high = (byte)(width >> 8), low = (byte)width, tall = (byte)(height >> 8), small = (byte)height;
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8, tall, small, high, low, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 0xFF, 0xDA];
        byte[] gif = [.. "GIF89a"u8, low, high, small, tall, 0, 0, 0, 0x3B];
        byte[] bmp = [.. "BM"u8, .. new byte[12], 40, 0, 0, 0, .. BitConverter.GetBytes(width), .. BitConverter.GetBytes(height), 1, 0, 24, 0, .. new byte[40]];
        foreach (var (file, name) in new[] { (jpeg, "a.jpg"), (gif, "a.gif"), (bmp, "a.bmp") })
            Assert.Contains($"{width:N0} x {height:N0} pixels", Assert.Single(new PhotoGate().Admit(file, name).Report.Reasons));
    }

    [Fact]
    public void More_pixels_than_allowed_are_refused_even_when_each_side_is_short_enough()
    {
        var report = new PhotoGate().Admit(PngWriter.Write(10_000, 6_000, 8, 2, []), "wide.png").Report;
        Assert.Contains("more than the 50 megapixels allowed", Assert.Single(report.Reasons));
    }

    [Fact]
    public void A_side_below_the_least_is_refused_and_the_least_itself_is_accepted()
    {
        var gate = new PhotoGate();
        Assert.Contains("31 x 40 pixels; each side needs 32 at least. Send the original photo", Assert.Single(gate.Admit(Drawing.Spot(31, 40).EncodePng(), "icon.png").Report.Reasons));
        Assert.True(gate.Admit(Drawing.Spot(32, 32).EncodePng(), "small.png").Report.Accepted);
    }

    [Fact]
    public void Too_many_bytes_are_refused_from_memory_and_unread_from_disk()
    {
        var gate = new PhotoGate();
        var path = Path.Combine(_folder.FullName, "big.jpg");
        using (var sparse = File.Create(path)) sparse.SetLength(20_000_001);
        var fromDisk = gate.AdmitFile(path).Report;
        var fromMemory = gate.Admit(new byte[20_000_001], "big.jpg").Report;
        Assert.All([fromDisk, fromMemory], report =>
        {
            Assert.Contains("'big.jpg' has 20 MB, more than the 20 MB allowed", Assert.Single(report.Reasons));
            Assert.Null(report.Sha256);
        });
    }

    [Fact]
    public void Limits_can_be_changed_but_must_make_sense()
    {
        Assert.True(new PhotoGate(new PhotoGateOptions { MinSide = 1 }).Admit(Drawing.Flat(1, 1, 9, 9, 9).EncodePng(), "dot.png").Report.Accepted);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PhotoGate(new PhotoGateOptions { MaxBytes = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PhotoGate(new PhotoGateOptions { MaxPixels = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PhotoGate(new PhotoGateOptions { MaxSide = 8, MinSide = 9 }));
    }
}
