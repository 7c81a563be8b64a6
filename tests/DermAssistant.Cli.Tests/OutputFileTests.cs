namespace DermAssistant.Cli.Tests;

public sealed class OutputFileTests : IDisposable
{
    private readonly DermSession _derm = new();

    public void Dispose() => _derm.Dispose();

    [Fact]
    public void A_file_that_fails_half_way_leaves_the_old_one_as_it_was()
    {
        var path = _derm.File("out.bin", "old");

        Assert.Throws<InvalidOperationException>(() => OutputFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException("half way");
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_derm.Folder));
    }

    [Fact]
    public void A_folder_that_is_missing_is_made()
    {
        var path = Path.Combine(_derm.Folder, "a", "b", "out.bin");

        OutputFile.Write(path, stream => stream.WriteByte(7));

        Assert.Equal([7], File.ReadAllBytes(path));
    }

    [Fact]
    public void A_place_that_cannot_be_written_to_is_named()
    {
        var inAFile = Path.Combine(_derm.File("file", "x"), "out.bin");

        var failure = Assert.Throws<CommandException>(() => OutputFile.Write(inAFile, _ => { }));

        Assert.Equal(ExitCode.StoreUnreachable, failure.Code);
        Assert.Contains(inAFile, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_is_tried_in_advance_is_named_without_the_file_that_tries_it_and_nothing_stays()
    {
        var inAFile = Path.Combine(_derm.File("file", "x"), "out.bin");
        var folder = Directory.CreateDirectory(Path.Combine(_derm.Folder, "folder")).FullName;
        var free = Path.Combine(_derm.Folder, "free.bin");

        var failures = new[] { inAFile, folder }.Select(path => Assert.Throws<CommandException>(() => OutputFile.Probe(path))).ToList();
        OutputFile.Probe(free);

        Assert.All(failures, failure => Assert.DoesNotContain(".part", failure.Message, StringComparison.Ordinal));
        Assert.Contains($"{folder} cannot be written: it is a folder", failures[1].Message, StringComparison.Ordinal);
        Assert.False(File.Exists(free));
    }
}
