namespace DermAssistant.DermLip;

/// <summary>A folder that is this process's as long as it works on it. Those of processes that were killed are swept away by the next one.</summary>
/// <remarks>A lock file beside the folder tells which are still claimed: the system lets go of it however a process ends.</remarks>
internal sealed class ClaimedFolder : IDisposable
{
    private const string LockExtension = ".lock";

    private readonly FileStream _claim;

    private ClaimedFolder(string folder, FileStream claim) => (Folder, _claim) = (folder, claim);

    public string Folder { get; }

    /// <summary>Claims a new folder.</summary>
    /// <param name="begin">What its name begins with.</param>
    /// <param name="end">What its name ends with.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static ClaimedFolder New(string parent, string begin, string end)
    {
        Directory.CreateDirectory(parent);
        var folder = Path.Combine(parent, begin + Guid.NewGuid().ToString("N") + end);
        var claim = new FileStream(folder + LockExtension, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        try
        {
            Directory.CreateDirectory(folder);
            return new ClaimedFolder(folder, claim);
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    /// <summary>The folders in <paramref name="parent"/> that somebody claimed who is gone, with their lock files.</summary>
    public static IEnumerable<string> Abandoned(string parent, string begin, string end)
    {
        if (!Directory.Exists(parent)) yield break;
        foreach (var folder in Directory.GetDirectories(parent, $"{begin}*{end}"))
            if (IsAbandoned(folder)) yield return folder;
    }

    /// <summary>Removes a folder that was abandoned.</summary>
    public static void Remove(string folder)
    {
        Delete(folder);
        File.Delete(folder + LockExtension);
    }

    /// <summary>Removes a folder with everything in it, also where another process does so at the same time.</summary>
    public static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            // Somebody was quicker.
        }
    }

    public void Dispose()
    {
        Delete(Folder);
        _claim.Dispose();
    }

    private static bool IsAbandoned(string folder)
    {
        try
        {
            using var claim = new FileStream(folder + LockExtension, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
