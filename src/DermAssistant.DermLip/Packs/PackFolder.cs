namespace DermAssistant.DermLip;

/// <summary>Writes a folder as a whole or not at all.</summary>
internal static class PackFolder
{
    private const string Partial = ".partial";
    private const string Old = ".old";
    private const string Removed = ".removed";

    /// <summary>Lets <paramref name="write"/> fill a folder beside the destination and moves it there when it is complete.</summary>
    /// <exception cref="ModelPackException">The destination exists, or the disk is full or refuses.</exception>
    public static T Write<T>(string destination, bool replace, Func<string, T> write)
    {
        destination = Path.TrimEndingDirectorySeparator(Path.GetFullPath(destination));
        if (!replace && Path.Exists(destination)) throw Taken(destination);
        var partial = destination;
        try
        {
            var parent = Path.GetDirectoryName(destination)!;
            Sweep(parent);
            using var claimed = ClaimedFolder.New(parent, $".{Path.GetFileName(destination)}.", Partial);
            partial = claimed.Folder;
            var result = write(partial);
            if (replace) Replace(partial, destination);
            else Place(partial, destination);
            return result;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody asked for the folder beside it.
            var why = e.Message.Replace(partial, destination, StringComparison.Ordinal);
            throw new ModelPackException($"The pack cannot be written to {destination}: {why}", "Free space on the disk or choose a folder that can be written to; nothing was changed.", e) { Unwritable = true };
        }
    }

    /// <summary>Removes a folder in one step as far as readers can see.</summary>
    public static void Remove(string folder)
    {
        var parent = Path.GetDirectoryName(folder)!;
        Sweep(parent);
        var hidden = Path.Combine(parent, $".{Path.GetFileName(folder)}.{Guid.NewGuid():N}{Removed}");
        Directory.Move(folder, hidden);
        ClaimedFolder.Delete(hidden);
    }

    // Another process may have made the pack meanwhile; that one stays.
    private static void Place(string partial, string destination)
    {
        try
        {
            Directory.Move(partial, destination);
        }
        catch (IOException) when (Path.Exists(destination))
        {
            throw Taken(destination);
        }
    }

    private static void Replace(string partial, string destination)
    {
        if (!Directory.Exists(destination))
        {
            Directory.Move(partial, destination);
            return;
        }

        var old = partial + Old;
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

        ClaimedFolder.Delete(old);
    }

    /// <summary>Removes what killed processes left, and puts back a pack that one was about to replace.</summary>
    private static void Sweep(string parent)
    {
        if (!Directory.Exists(parent)) return;
        foreach (var partial in ClaimedFolder.Abandoned(parent, ".", Partial)) ClaimedFolder.Remove(partial);
        foreach (var old in Directory.GetDirectories(parent, $".*{Partial}{Old}"))
        {
            // ".ID.32 digits.partial.old"
            var id = Path.GetFileName(old)[1..^(1 + 32 + Partial.Length + Old.Length)];
            var destination = Path.Combine(parent, id);
            if (Path.Exists(old[..^Old.Length])) continue;
            if (Path.Exists(destination)) ClaimedFolder.Delete(old);
            else Directory.Move(old, destination);
        }

        foreach (var removed in Directory.GetDirectories(parent, $".*{Removed}")) ClaimedFolder.Delete(removed);
    }

    private static ModelPackException Taken(string destination) => new($"{destination} exists already.", "Choose another id, or remove the pack first.");
}
