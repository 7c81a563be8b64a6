namespace DermAssistant.Cli;

/// <summary>A folder of photos.</summary>
internal static class PhotoFolder
{
    private static readonly HashSet<string> Endings = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".heic", ".avif", ".tif", ".tiff",
    };

    /// <summary>The names of the files that look like photos, in ordinal order.</summary>
    /// <exception cref="CommandException">There is no such folder, or no photo in it.</exception>
    public static IReadOnlyList<string> Names(string folder)
    {
        if (!Directory.Exists(folder))
            throw CommandException.BadInput($"{folder} is no folder{(File.Exists(folder) ? " but a file" : "")}.", "Give a folder with photos.");
        var names = Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Where(name => Endings.Contains(Path.GetExtension(name))).Order(StringComparer.Ordinal).ToList();
        return names.Count > 0
            ? names
            : throw CommandException.BadInput($"There are no photos in {folder}.", $"Photos are recognised by their endings: {string.Join(' ', Endings)}");
    }
}
