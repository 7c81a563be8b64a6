using DermAssistant.Tests;

namespace DermAssistant.Cli.Tests;

public sealed class ModelsCommandTests : IDisposable
{
    private readonly DermSession _derm = new();

    public void Dispose() => _derm.Dispose();

    private static string TinyClip => TestPaths.InRepository("tests", "DermAssistant.DermLip.Tests", "Fixtures", "tiny-clip");

    [Fact]
    public async Task A_checkpoint_is_added_listed_verified_used_and_removed()
    {
        var added = await _derm.RunAsync("models", "add", TinyClip, "--id", "tiny", "--json");
        Assert.Equal((0, ""), (added.ExitCode, added.Error));
        Assert.Equal("tiny", (string?)added.Document!["id"]);

        var verified = await _derm.RunAsync("models", "verify", "tiny", "--vectors", TinyClip, "--json");
        Assert.Equal((0, ""), (verified.ExitCode, verified.Error));
        Assert.True((bool)verified.Document!["passed"]!);
        Assert.True((double)verified.Document!["image"]!["maxAbs"]! <= 2e-6);
        Assert.True((double)verified.Document!["text"]!["minCosine"]! > 0.999999);

        Assert.Equal(0, (await _derm.RunAsync("models", "use", "tiny", "--json")).ExitCode);
        Assert.Equal("tiny", await Default());
        Assert.Equal(0, (await _derm.RunAsync("models", "remove", "tiny", "--json")).ExitCode);
        Assert.NotEqual("tiny", await Default());

        async Task<string?> Default() => (await _derm.RunAsync("models", "list", "--json")).Document!.AsArray()
            .Where(pack => (bool)pack!["default"]!).Select(pack => (string?)pack!["id"]).SingleOrDefault();
    }

    [Fact]
    public async Task A_damaged_pack_fails_its_check_and_is_not_served()
    {
        await _derm.RunAsync("models", "add", TinyClip, "--id", "tiny", "--json");
        var largest = Directory.EnumerateFiles(Path.Combine(_derm.Home, "models", "tiny"), "*", SearchOption.AllDirectories).MaxBy(file => new FileInfo(file).Length)!;
        var bytes = File.ReadAllBytes(largest);
        bytes[bytes.Length / 2] ^= 0x7F;
        File.WriteAllBytes(largest, bytes);

        var verified = await _derm.RunAsync("models", "verify", "tiny", "--json");
        Assert.Equal(1, verified.ExitCode);
        Assert.False((bool)verified.Document!["passed"]!);

        File.WriteAllBytes(largest, bytes[..100]);
        var analyzed = await _derm.RunAsync("analyze", _derm.File("lesion.jpg", TestPhotos.Lesion), "--model", "tiny", "--json");
        analyzed.FailsWith(4, "noModelPack");
    }

    [Fact]
    public async Task Weights_that_are_none_leave_no_half_pack_behind()
    {
        var folder = Directory.CreateDirectory(_derm.PathOf("hub")).FullName;
        File.Copy(Path.Combine(TinyClip, "open_clip_config.json"), Path.Combine(folder, "open_clip_config.json"));
        File.WriteAllText(Path.Combine(folder, "open_clip_model.safetensors"), "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");

        var outcome = await _derm.RunAsync("models", "add", folder, "--json");

        outcome.FailsWith(4, "noModelPack", "open_clip_model.safetensors");
        Assert.False(Directory.Exists(Path.Combine(_derm.Home, "models")) && Directory.EnumerateFileSystemEntries(Path.Combine(_derm.Home, "models")).Any());
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_to_is_no_fault_of_the_model()
    {
        Directory.CreateDirectory(_derm.Home);
        File.WriteAllText(Path.Combine(_derm.Home, "models"), "a file where the folder should be");

        (await _derm.RunAsync("models", "add", TinyClip, "--id", "tiny", "--json")).FailsWith(5, "storeUnreachable", "cannot be written", "space");
    }

    [Theory]
    [InlineData("use")]
    [InlineData("remove")]
    [InlineData("verify")]
    public async Task An_unknown_pack_is_named(string command)
    {
        var outcome = await _derm.RunAsync("models", command, "no-such-pack", "--json");

        outcome.FailsWith(4, "noModelPack", "no-such-pack");
    }

    [Fact]
    public async Task Texts_that_are_none_are_bad_input()
    {
        var outcome = await _derm.RunAsync("models", "tokenize", "derm-mini", "--texts", _derm.File("texts.json", "{ \"a\": 1 }"), "--json");

        outcome.FailsWith(3, "badInput", "texts.json");
    }

    [BuiltInPackFact]
    public async Task Texts_become_one_row_of_token_ids_each()
    {
        var outcome = await _derm.RunAsync("models", "tokenize", "derm-mini", "--texts", _derm.File("texts.json", "[\"melanoma\", \"\"]"), "--json");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(2, outcome.Document!.AsArray().Count);
        Assert.True(outcome.Document![0]!.AsArray().Count > outcome.Document![1]!.AsArray().Count);
    }

    [BuiltInPackFact]
    public async Task The_built_in_pack_passes_its_golden_vectors_and_cannot_be_removed()
    {
        Assert.Equal(0, (await _derm.RunAsync("models", "verify", "derm-mini", "--json")).ExitCode);

        (await _derm.RunAsync("models", "remove", "derm-mini", "--json")).FailsWith(4, "noModelPack", "derm-mini");
    }
}
