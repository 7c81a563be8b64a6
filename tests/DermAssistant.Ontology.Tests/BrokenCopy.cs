namespace DermAssistant.Ontology.Tests;

/// <summary>A copy of the shipped ontology that a test may break; removed afterwards.</summary>
internal sealed class BrokenCopy : IDisposable
{
    public BrokenCopy()
    {
        foreach (var file in Directory.GetFiles(Shipped.Folder, "*.json", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Folder, Path.GetRelativePath(Shipped.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "derm-ontology-" + Guid.NewGuid().ToString("N"));

    public string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(Folder, file), text);

    /// <summary>Replaces the first occurrence; the test is wrong when there is none.</summary>
    public void Replace(string file, string old, string replacement, string? after = null)
    {
        var text = Read(file);
        var from = after is null ? 0 : text.IndexOf(after, StringComparison.Ordinal);
        Assert.True(from >= 0, $"'{after}' is not in {file}");
        var at = text.IndexOf(old, from, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{old}' is not in {file}");
        Write(file, string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + old.Length)));
    }

    /// <summary>One-based line of the first occurrence.</summary>
    public int LineOf(string file, string text)
    {
        var content = Read(file);
        return content.AsSpan(0, content.IndexOf(text, StringComparison.Ordinal)).Count('\n') + 1;
    }

    public void Dispose()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
