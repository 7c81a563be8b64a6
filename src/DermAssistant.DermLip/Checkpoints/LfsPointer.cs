namespace DermAssistant.DermLip;

/// <summary>The three lines that Git LFS leaves where a large file should be.</summary>
internal static class LfsPointer
{
    /// <exception cref="ModelPackException">The file is a pointer, or cannot be read.</exception>
    public static void Refuse(string path)
    {
        InputFile.Require(path);
        if (InputFile.Guard(path, () => Start(path)).AsSpan().StartsWith("version https://git-lfs"u8))
            throw new ModelPackException(
                $"{path} is a Git LFS pointer, not the file itself.", "Fetch the file: 'git lfs pull' in the repository, or download it from the hub's page.");
    }

    private static byte[] Start(string path)
    {
        using var stream = File.OpenRead(path);
        var start = new byte[32];
        return start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }
}
