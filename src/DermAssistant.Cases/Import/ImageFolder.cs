namespace DermAssistant.Cases;

/// <summary>Finds the image files tables speak of.</summary>
internal sealed class ImageFolder(IReadOnlyList<string> roots)
{
    private static readonly HashSet<string> Extensions = new([".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif"], StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, Listing> _listings = new(StringComparer.Ordinal);

    /// <summary>All images below a folder by their name without extension; of two of the same name the first in ordinal order.</summary>
    /// <exception cref="TableException">There is no such folder.</exception>
    public static IReadOnlyDictionary<string, string> ByStem(string folder)
    {
        if (!Directory.Exists(folder)) throw new TableException($"There is no folder {folder}.", "Name the folder that holds the images.");
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => Extensions.Contains(Path.GetExtension(path))).Order(StringComparer.Ordinal))
            found.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        return found;
    }

    /// <summary>The file a table means, or null.</summary>
    /// <remarks>
    /// Tables carry relative names, names with a folder the images were unpacked without, and absolute names of somebody else's disk: leading
    /// folders are dropped one by one until a file is found. Where no name is equal, one that differs only by how accents, spaces and quotation
    /// marks are encoded is taken if it is the only one.
    /// </remarks>
    /// <param name="bareName">Whether the name may be found without any of its folders: not where bare names repeat.</param>
    public string? Find(string name, bool bareName = true)
    {
        var parts = name.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || parts.Any(part => part is "." or "..")) return null;
        var last = bareName || parts.Length == 1 ? parts.Length : parts.Length - 1;
        for (var from = 0; from < last; from++)
            foreach (var root in roots)
                if (FindIn(Path.Combine([root, .. parts[from..^1]]), parts[^1]) is { } path)
                    return path;
        return null;
    }

    private string? FindIn(string folder, string file)
    {
        if (!_listings.TryGetValue(folder, out var listing)) _listings.Add(folder, listing = Listing.Of(folder));
        var found = listing.Names.Contains(file) ? file : listing.Folded.GetValueOrDefault(FoldedName.Of(file));
        return found is null ? null : Path.Combine(folder, found);
    }

    /// <param name="Folded">Folded names that stand for one file only.</param>
    private sealed record Listing(HashSet<string> Names, Dictionary<string, string?> Folded)
    {
        public static Listing Of(string folder)
        {
            var names = Directory.Exists(folder)
                ? Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)!).ToHashSet(StringComparer.Ordinal)
                : new HashSet<string>(StringComparer.Ordinal);
            var folded = new Dictionary<string, string?>(StringComparer.Ordinal);
            foreach (var name in names)
                if (!folded.TryAdd(FoldedName.Of(name), name)) folded[FoldedName.Of(name)] = null;
            return new Listing(names, folded);
        }
    }
}
