using DermAssistant.DermLip;

namespace DermAssistant.Cli.Tests;

public sealed class EmbedCommandTests : IDisposable
{
    private readonly DermSession _derm = new();

    public void Dispose() => _derm.Dispose();

    [BuiltInPackFact]
    public async Task Photos_become_rows_of_length_one_in_the_order_of_their_names_and_bad_ones_are_left_out()
    {
        var folder = Directory.CreateDirectory(_derm.PathOf("photos")).FullName;
        foreach (var name in (string[])["b.jpg", "B.jpg", "a.jpg"]) File.WriteAllBytes(Path.Combine(folder, name), TestPhotos.Lesion);
        File.WriteAllBytes(Path.Combine(folder, "c.jpg"), TestPhotos.Truncated);
        File.WriteAllText(Path.Combine(folder, "notes.txt"), "no photo");
        var output = _derm.PathOf("photos.npy");

        var outcome = await _derm.RunAsync("embed", "--images", folder, "--out", output, "--json");

        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("c.jpg", outcome.Error, StringComparison.Ordinal);
        Assert.Equal("[\"B.jpg\",\"a.jpg\",\"b.jpg\"]", File.ReadAllText(output + ".json"));
        var (values, shape) = Npy.ReadFloats(output);
        Assert.Equal(3, shape[0]);
        Assert.All(values.Chunk(shape[1]), row => Assert.Equal(1, row.Sum(value => (double)value * value), 5));
    }

    [BuiltInPackFact]
    public async Task Where_every_photo_is_refused_an_older_file_stays()
    {
        var folder = Directory.CreateDirectory(_derm.PathOf("photos")).FullName;
        File.WriteAllBytes(Path.Combine(folder, "a.jpg"), TestPhotos.Truncated);
        var output = _derm.File("photos.npy", "older");

        var outcome = await _derm.RunAsync("embed", "--images", folder, "--out", output, "--json");

        outcome.FailsWith(3, "badInput", "a.jpg");
        Assert.Equal("older", File.ReadAllText(output));
        Assert.False(File.Exists(output + ".json"));
    }

    [BuiltInPackFact]
    public async Task Texts_become_rows_in_their_order()
    {
        var output = _derm.PathOf("texts.npy");

        var outcome = await _derm.RunAsync("embed", "--texts", _derm.File("texts.json", "[\"melanoma\", \"nevus\", \"melanoma\"]"), "--out", output, "--json");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        var (values, shape) = Npy.ReadFloats(output);
        Assert.Equal(3, shape[0]);
        Assert.Equal(values[..shape[1]], values[(2 * shape[1])..]);
        Assert.NotEqual(values[..shape[1]], values[shape[1]..(2 * shape[1])]);
    }

    [Fact]
    public async Task A_folder_without_photos_is_bad_input()
    {
        var outcome = await _derm.RunAsync("embed", "--images", _derm.Folder, "--out", Path.Combine(_derm.Folder, "out.npy"), "--json");

        outcome.FailsWith(3, "badInput", "no photos");
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_to_is_told_before_the_work()
    {
        var inAFile = Path.Combine(_derm.File("file", "x"), "out.npy");

        var outcome = await _derm.RunAsync("embed", "--images", _derm.Folder, "--out", inAFile, "--json");

        outcome.FailsWith(5, "storeUnreachable", "out.npy");
    }
}
