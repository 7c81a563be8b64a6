using DermAssistant.Imaging.Tests.Drawings;
using DermAssistant.Imaging.Tests.Preprocessing;
using FsCheck.Xunit;

namespace DermAssistant.Imaging.Tests.Gate;

public class MutationTests
{
    private static readonly PhotoGate Gate = new(new PhotoGateOptions { MinSide = 1, MaxPixels = 1_000_000 });

    private static readonly byte[][] Files =
    [
        .. ((string[])["jpeg420_640x427.jpg", "jpeg_progressive_517x389.jpg", "jpeg_cmyk_320x240.jpg", "rgb_31x17.png", "palette_trns_300x256.png",
            "webp_lossless_320x229.webp", "gif_280x230.gif", "bmp_100x80.bmp"]).Select(file => File.ReadAllBytes(Path.Combine(ReferenceFixture.Folder, file))),
        JpegMetadata.WithExif(Drawing.Spot(64, 48).EncodeJpeg(), orientation: 6, "x"),
        Animations.WebP(frames: 2),
    ];

    private static readonly byte[][] Beginnings =
    [
        [0xFF, 0xD8, 0xFF, 0xE0], [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], [.. "GIF89a"u8], [.. "BM"u8],
        [.. "RIFF\0\0\0\0WEBPVP8X"u8], [.. "\0\0\0\u0018ftypheic"u8], [.. "II*\0"u8], [],
    ];

    [Property(MaxTest = 400)]
    public void Flipped_bytes_never_throw_and_what_is_accepted_can_be_used(int seed)
    {
        var random = new Random(seed);
        var file = (byte[])Files[random.Next(Files.Length)].Clone();
        // Headers are where flips matter most.
        var reach = random.Next(2) == 0 ? Math.Min(file.Length, 64) : file.Length;
        for (var flips = random.Next(1, 8); flips > 0; flips--)
            file[random.Next(reach)] = (byte)random.Next(256);
        Use(Gate.Admit(file, ""));
    }

    [Property(MaxTest = 200)]
    public void Random_bytes_never_throw(int seed)
    {
        var random = new Random(seed);
        var noise = new byte[random.Next(2000)];
        random.NextBytes(noise);
        byte[] file = [.. Beginnings[random.Next(Beginnings.Length)], .. noise];
        Use(Gate.Admit(file, "upload.jpg"));
    }

    [Property(MaxTest = 200)]
    public void Swapped_and_doubled_pieces_never_throw(int seed)
    {
        var random = new Random(seed);
        var file = Files[random.Next(Files.Length)];
        var (from, to) = (random.Next(file.Length), random.Next(file.Length));
        Use(Gate.Admit((byte[])[.. file[..from], .. file[to..]], ""));
    }

    private static void Use(GateResult result)
    {
        Assert.Equal(result.Report.Accepted, result.Photo is not null);
        Assert.Equal(result.Report.Accepted, result.Report.Reasons.Count == 0);
        if (result.Photo is not { } photo) return;
        Assert.Equal(224 * 224 * 3, Preprocessor.Crop(photo, ReferenceFixture.Clip).Pixels.Length);
        var shown = photo.ToRgb(100);
        Assert.Equal(shown.Width * shown.Height * 3, shown.Pixels.Length);
    }
}
