using SkiaSharp;

namespace DermAssistant.Cli.Tests;

public sealed class PhotoCommandTests : IDisposable
{
    private readonly DermSession _derm = new();

    public void Dispose() => _derm.Dispose();

    public static TheoryData<string, byte[]?, string> BadFiles => new()
    {
        { "missing.jpg", null, "missing.jpg" },
        { "empty.jpg", [], "empty" },
        { "cut.jpg", TestPhotos.Truncated, "cut.jpg" },
        { "scan.jpg", TestPhotos.Pdf, "PDF" },
        { "bomb.png", TestPhotos.HugePng, "60" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task A_file_that_is_no_usable_photo_is_refused_with_the_reason(string name, byte[]? content, string said)
    {
        var path = content is null ? _derm.PathOf(name) : _derm.File(name, content);

        var outcome = await _derm.RunAsync("photo", "check", path, "--json");

        outcome.FailsWith(3, "badInput", said);
        Assert.False((bool)outcome.Document!["accepted"]!);
        Assert.NotEmpty(outcome.Document!["reasons"]!.AsArray());
    }

    [Fact]
    public async Task A_folder_is_no_photo()
    {
        var outcome = await _derm.RunAsync("photo", "check", _derm.Folder, "--json");

        outcome.FailsWith(3, "badInput", "folder");
    }

    [Fact]
    public async Task A_good_photo_is_accepted_with_its_size_and_quality()
    {
        var outcome = await _derm.RunAsync("photo", "check", _derm.File("lesion.jpg", TestPhotos.Lesion), "--json");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        var report = outcome.Document!;
        Assert.Equal(("jpeg", 320, 240, true), ((string)report["format"]!, (int)report["width"]!, (int)report["height"]!, (bool)report["accepted"]!));
        Assert.True((double)report["quality"]!["exposure"]! is > 0 and < 1);
    }

    [Fact]
    public async Task Several_photos_give_several_reports_in_their_order()
    {
        var good = _derm.File("good.jpg", TestPhotos.Lesion);

        var outcome = await _derm.RunAsync("photo", "check", _derm.File("bad.jpg", TestPhotos.Pdf), good, "--json");

        Assert.Equal(3, outcome.ExitCode);
        Assert.Equal([false, true], outcome.Document!.AsArray().Select(report => (bool)report!["accepted"]!));
    }

    [Fact]
    public async Task A_crop_is_the_square_the_configuration_asks_for()
    {
        var config = _derm.File("open_clip_config.json", """
            { "model_cfg": { "embed_dim": 8, "vision_cfg": { "image_size": 96 }, "text_cfg": {} },
              "preprocess_cfg": { "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5], "interpolation": "bicubic", "resize_mode": "shortest" } }
            """);
        var output = _derm.PathOf("crop.png");

        var outcome = await _derm.RunAsync("photo", "crop", _derm.File("lesion.jpg", TestPhotos.Lesion), "--config", config, "--out", output);

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        using var crop = SKBitmap.Decode(output);
        Assert.Equal((96, 96), (crop.Width, crop.Height));
        Assert.Equal(2, File.ReadAllBytes(output)[25]); // PNG colour type 2: RGB without alpha
    }

    [Fact]
    public async Task A_configuration_that_is_none_is_named_and_nothing_is_written()
    {
        var config = _derm.File("config.json", "{ \"model\": 1 }");
        var output = _derm.PathOf("crop.png");

        var outcome = await _derm.RunAsync("photo", "crop", _derm.File("lesion.jpg", TestPhotos.Lesion), "--config", config, "--out", output, "--json");

        outcome.FailsWith(3, "badInput", "config.json");
        Assert.False(File.Exists(output));
    }
}
