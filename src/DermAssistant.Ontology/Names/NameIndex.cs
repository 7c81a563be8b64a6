namespace DermAssistant.Ontology.Names;

/// <summary>How a name belongs to its node.</summary>
internal enum NameKind
{
    Id,
    Name,
    Synonym,
    PlainName,
    DatasetLabel,
}

/// <summary>One name of one node.</summary>
/// <param name="OnlyInCapitals">In running text it counts only when written in capitals.</param>
internal sealed record NameEntry(string Text, string Key, OntologyNode Node, NameKind Kind, bool OnlyInCapitals);

/// <summary>Every name of every node, by its spelling and by its key.</summary>
/// <remarks>Where an inner node is called like a condition below it, the name means the condition; the id always tells them apart.</remarks>
internal sealed class NameIndex
{
    private readonly Dictionary<string, NameEntry> _bySpelling = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, NameEntry> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NameEntry>.AlternateLookup<ReadOnlySpan<char>> _byKeySpan;

    public NameIndex() => _byKeySpan = _byKey.GetAlternateLookup<ReadOnlySpan<char>>();

    public IEnumerable<NameEntry> Entries => _byKey.Values;

    /// <summary>Makes room for so many names at once.</summary>
    public void Expect(int names)
    {
        _bySpelling.EnsureCapacity(names);
        _byKey.EnsureCapacity(names);
    }

    /// <summary>Adds a name; returns the entry of another condition that already has it, else null.</summary>
    public NameEntry? Add(string text, OntologyNode node, NameKind kind, bool onlyInCapitals = false)
    {
        var entry = new NameEntry(text, NameKey.Of(text), node, kind, onlyInCapitals);
        var clash = _byKey.TryGetValue(entry.Key, out var held) && held.Node != node && held.Node.Level == node.Level ? held : null;
        if (clash is not null) return clash;
        _bySpelling.TryAdd(text, entry);
        if (held is null) _byKey.Add(entry.Key, entry);
        return null;
    }

    /// <summary>Adds an id, which is found by its spelling only.</summary>
    public void AddId(OntologyNode node) => _bySpelling.TryAdd(node.Id, new NameEntry(node.Id, node.Id, node, NameKind.Id, false));

    public NameEntry? BySpelling(string text) => _bySpelling.GetValueOrDefault(text);

    public NameEntry? ByKey(ReadOnlySpan<char> key) => _byKeySpan.TryGetValue(key, out var entry) ? entry : null;

    /// <summary>The node with this id or name; spelling first, then the key.</summary>
    public OntologyNode? Find(string text)
    {
        if (text.Length > NameKey.LongestName) return null;
        var trimmed = text.Trim();
        return (BySpelling(trimmed) ?? ByKey(NameKey.Of(trimmed)))?.Node;
    }
}
