using System.Diagnostics;

namespace DermAssistant.DermLip.Tests;

/// <summary>Folders from which something cannot be read. Whoever keeps the packs is not at fault.</summary>
public sealed class HubInputTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly ModelPackStore _store;

    public HubInputTests() => _store = new ModelPackStore(new ModelPackFolders(_folder["builtin"], _folder["user"]));

    public void Dispose() => _folder.Dispose();

    private string Hub()
    {
        var hub = Directory.CreateDirectory(_folder["hub"]).FullName;
        foreach (var file in new[] { "open_clip_config.json", "bert_config.json", "open_clip_model.safetensors" })
            File.Copy(FixtureFiles.Path("tiny-panderm", file), Path.Combine(hub, file));
        return hub;
    }

    private async Task<ModelPackException> Refusal(string path)
    {
        var refusal = await Assert.ThrowsAsync<ModelPackException>(() => Task.Run(() => _store.Add(path, "mine")).WaitAsync(Soon));
        Assert.False(refusal.Unwritable);
        Assert.Empty(_store.List());
        return refusal;
    }

    private static void MakePipe(string path)
    {
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task A_pipe_is_refused_instead_of_waited_for()
    {
        if (OperatingSystem.IsWindows()) return;
        MakePipe(_folder["weights.safetensors"]);

        Assert.Contains("weights.safetensors is empty or no regular file", (await Refusal(_folder["weights.safetensors"])).Message);
    }

    [Theory]
    [InlineData("open_clip_model.safetensors")]
    [InlineData("open_clip_config.json")]
    [InlineData("bert_config.json")]
    [InlineData("vocab.txt")]
    public async Task A_pipe_in_a_folder_is_refused_even_behind_a_link(string file)
    {
        if (OperatingSystem.IsWindows()) return;
        var hub = Hub();
        MakePipe(_folder["pipe"]);
        File.Delete(Path.Combine(hub, file));
        File.CreateSymbolicLink(Path.Combine(hub, file), _folder["pipe"]);

        Assert.Contains(file, (await Refusal(hub)).Message);
    }

    [Fact]
    public async Task A_device_and_an_empty_file_are_refused()
    {
        File.WriteAllBytes(_folder["empty.bin"], []);

        Assert.Contains("empty.bin", (await Refusal(_folder["empty.bin"])).Message);
        if (!OperatingSystem.IsWindows()) Assert.Contains("/dev/zero", (await Refusal("/dev/zero")).Message);
    }

    [Fact]
    public void A_readme_that_is_a_pipe_is_left_alone_and_a_linked_folder_is_read()
    {
        if (OperatingSystem.IsWindows()) return;
        var hub = Hub();
        MakePipe(Path.Combine(hub, "README.md"));
        // The cache of the hub links every file.
        var linked = Directory.CreateDirectory(_folder["linked"]).FullName;
        foreach (var file in Directory.GetFiles(hub)) File.CreateSymbolicLink(Path.Combine(linked, Path.GetFileName(file)), file);

        Assert.Equal("panderm", _store.Add(linked, "mine").ImageTower);
    }

    [Theory]
    [InlineData("open_clip_config.json")]
    [InlineData("bert_config.json")]
    [InlineData("open_clip_model.safetensors")]
    [InlineData("vocab.txt")]
    [InlineData("README.md")]
    public async Task A_file_that_cannot_be_read_is_named_as_the_one_at_fault(string file)
    {
        var path = Path.Combine(Hub(), file);
        if (!File.Exists(path)) File.WriteAllText(path, "x");
        // Another program has it to itself; root, as which some run their tests, is let in whatever the permissions are.
        using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var refusal = await Refusal(_folder["hub"]);

        Assert.Contains($"{path} cannot be read", refusal.Message);
        Assert.Contains("permissions", refusal.Hint);
    }
}
