namespace DermAssistant.DermLip;

/// <summary>The three lines that Git LFS leaves where a large file should be.</summary>
internal static class LfsPointer
{
    /// <exception cref="ModelPackException">The file is a pointer.</exception>
    public static void Refuse(string path)
    {
        using var stream = File.OpenRead(path);
        var start = new byte[32];
        if (start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)).StartsWith("version https://git-lfs"u8))
            throw new ModelPackException(
                $"{path} is a Git LFS pointer, not the file itself.", "Fetch the file: 'git lfs pull' in the repository, or download it from the hub's page.");
    }
}
