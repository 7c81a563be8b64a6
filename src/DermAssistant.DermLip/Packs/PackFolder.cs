namespace DermAssistant.DermLip;

/// <summary>Writes a folder as a whole or not at all.</summary>
internal static class PackFolder
{
    /// <summary>Lets <paramref name="write"/> fill a folder beside the destination and moves it there when it is complete.</summary>
    /// <exception cref="ModelPackException">The destination exists, or the disk is full or refuses.</exception>
    public static T Write<T>(string destination, bool replace, Func<string, T> write)
    {
        destination = Path.TrimEndingDirectorySeparator(Path.GetFullPath(destination));
        if (!replace && Path.Exists(destination))
            throw new ModelPackException($"{destination} exists already.", "Choose another id, or remove the pack first.");
        var partial = Path.Combine(Path.GetDirectoryName(destination)!, $".{Path.GetFileName(destination)}.{Guid.NewGuid():N}.partial");
        try
        {
            Directory.CreateDirectory(partial);
            var result = write(partial);
            Replace(partial, destination);
            return result;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelPackException($"The pack cannot be written to {destination}: {e.Message}", "Free space on the disk or choose a folder that can be written to; nothing was changed.", e) { Unwritable = true };
        }
        finally
        {
            Delete(partial);
        }
    }

    private static void Replace(string partial, string destination)
    {
        if (!Directory.Exists(destination))
        {
            Directory.Move(partial, destination);
            return;
        }

        var old = partial + ".old";
        Directory.Move(destination, old);
        try
        {
            Directory.Move(partial, destination);
        }
        catch
        {
            Directory.Move(old, destination);
            throw;
        }

        Delete(old);
    }

    /// <summary>Removes a folder in one step as far as readers can see.</summary>
    public static void Remove(string folder)
    {
        var hidden = Path.Combine(Path.GetDirectoryName(folder)!, $".{Path.GetFileName(folder)}.{Guid.NewGuid():N}.removed");
        Directory.Move(folder, hidden);
        Delete(hidden);
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
