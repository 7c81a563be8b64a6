namespace DermAssistant.Cases;

/// <summary>Tells a file's Git LFS pointer (three lines of text kept in its place) from the file itself.</summary>
internal static class GitLfsPointer
{
    /// <summary>Pointers are at most 1,024 bytes by their specification.</summary>
    private const int MaxBytes = 1024;

    private static ReadOnlySpan<byte> Start => "version https://git-lfs"u8;

    public static bool IsPointer(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        if (file.Length > MaxBytes) return false;
        Span<byte> head = stackalloc byte[23];
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head[..read].SequenceEqual(Start);
    }
}
