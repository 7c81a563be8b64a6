namespace DermAssistant.Cases;

/// <summary>Reads which part of its training data a pack used each photo for, from <c>splits.csv</c> (image_id, split) in the pack's folder.</summary>
internal static class PackSplits
{
    private const string FileName = "splits.csv";

    /// <summary>The parts by image id, or null where the pack does not say.</summary>
    /// <exception cref="TableException">The file is malformed.</exception>
    public static IReadOnlyDictionary<string, string>? Read(string packDirectory)
    {
        var path = Path.Combine(packDirectory, FileName);
        if (!File.Exists(path)) return null;
        using var table = CsvTable.Open(path);
        var (id, split) = (table.Column("image_id"), table.Column("split"));
        var splits = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in table.Rows()) splits[row[id]] = row[split];
        return splits;
    }
}
