namespace DermAssistant.DermLip.Tests;

public sealed class PackFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_killed_processes_left_is_removed_and_what_another_one_works_on_stays()
    {
        string abandoned = Left("big", ".partial"), removed = Left("gone", ".removed");
        File.WriteAllText(abandoned + ".lock", "");
        using var claimed = ClaimedFolder.New(_folder.Path, ".other.", ".partial");

        Write("mine");

        Assert.False(Directory.Exists(abandoned));
        Assert.False(File.Exists(abandoned + ".lock"));
        Assert.False(Directory.Exists(removed));
        Assert.True(Directory.Exists(claimed.Folder));
    }

    [Fact]
    public void A_pack_that_a_killed_process_was_about_to_replace_is_put_back()
    {
        Left("old", ".partial.old");

        Write("mine");

        Assert.Equal("content", File.ReadAllText(_folder["old", "file"]));
    }

    [Fact]
    public void Of_two_that_write_the_same_pack_the_second_is_refused_and_leaves_nothing()
    {
        var refusal = Assert.Throws<ModelPackException>(() => PackFolder.Write(_folder["mine"], replace: false, folder =>
        {
            File.WriteAllText(Path.Combine(folder, "file"), "second");
            return Write("mine");
        }));

        Assert.Contains("exists already", refusal.Message);
        Assert.False(refusal.Unwritable);
        Assert.Equal("first", File.ReadAllText(_folder["mine", "file"]));
        Assert.Equal([_folder["mine"]], Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_place_that_cannot_be_written_to_is_named_without_our_own_folder()
    {
        File.WriteAllText(_folder["file"], "");

        var refusal = Assert.Throws<ModelPackException>(() => Write(Path.Combine("file", "mine")));

        Assert.True(refusal.Unwritable);
        Assert.DoesNotContain(".partial", refusal.Message);
    }

    private int Write(string name) => PackFolder.Write(_folder[name], replace: false, folder =>
    {
        File.WriteAllText(Path.Combine(folder, "file"), "first");
        return 0;
    });

    private string Left(string name, string end)
    {
        var folder = Directory.CreateDirectory(_folder[$".{name}.{Guid.NewGuid():N}{end}"]).FullName;
        File.WriteAllText(Path.Combine(folder, "file"), "content");
        return folder;
    }
}
