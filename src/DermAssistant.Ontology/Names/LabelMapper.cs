namespace DermAssistant.Ontology.Names;

/// <summary>Places outside labels; one that cannot be placed stays unplaced.</summary>
internal sealed class LabelMapper
{
    private static readonly char[] Separators = [',', ';', '|'];
    private static readonly string[] EmptyEndings = [" nos", " unspecified", " not otherwise specified"];

    private readonly NameIndex _names;
    private readonly HashSet<string> _unplaced;
    private readonly Dictionary<char, List<NameEntry>> _byInitial = [];

    public LabelMapper(NameIndex names, IEnumerable<string> unplaced)
    {
        _names = names;
        _unplaced = unplaced.Select(label => NameKey.Of(label)).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in names.Entries)
        {
            if (EditDistance.Allowed(entry.Key.Length) == 0) continue;
            if (!_byInitial.TryGetValue(entry.Key[0], out var list)) _byInitial.Add(entry.Key[0], list = []);
            list.Add(entry);
        }
    }

    /// <summary>Places a label; of several joined in one string, the first, provided it can be placed.</summary>
    public LabelMapping Map(string label)
    {
        var whole = Place(label, forgiving: true);
        if (whole.Node is not null || label.IndexOfAny(Separators) < 0) return whole;
        var first = MapAll(label) is [var part, ..] ? part : whole;
        return new LabelMapping(label, first.Node, first.Node is null ? LabelMatch.None : LabelMatch.Normalised);
    }

    /// <summary>Places every label of a joined string; names that hold the separator themselves are kept whole.</summary>
    public IReadOnlyList<LabelMapping> MapAll(string label)
    {
        var whole = Place(label, forgiving: true);
        if (whole.Node is not null || label.Length > NameKey.LongestName * 8 || label.IndexOfAny(Separators) < 0) return [whole];
        var bounds = PartBounds(label);
        var found = new List<LabelMapping>();
        for (var from = 0; from < bounds.Count;)
        {
            var next = PlaceLongest(label, bounds, from, out var mapping);
            from = next;
            if (mapping.Label.Length == 0) continue;
            if (mapping.Node is null || found.TrueForAll(other => other.Node != mapping.Node)) found.Add(mapping);
        }
        return found.Count == 0 ? [whole] : found;
    }

    private int PlaceLongest(string label, List<(int Start, int End)> bounds, int from, out LabelMapping mapping)
    {
        for (var to = Math.Min(bounds.Count - 1, from + 5); to > from; to--)
        {
            mapping = Place(label[bounds[from].Start..bounds[to].End].Trim(), forgiving: false);
            if (mapping.Node is not null) return to + 1;
        }
        mapping = Place(label[bounds[from].Start..bounds[from].End].Trim(), forgiving: true);
        return from + 1;
    }

    private static List<(int Start, int End)> PartBounds(string label)
    {
        var bounds = new List<(int, int)>();
        var start = 0;
        for (var at = 0; at <= label.Length; at++)
        {
            if (at < label.Length && !Separators.Contains(label[at])) continue;
            bounds.Add((start, at));
            start = at + 1;
        }
        return bounds;
    }

    private LabelMapping Place(string label, bool forgiving)
    {
        var none = new LabelMapping(label, null, LabelMatch.None);
        if (label.Length > NameKey.LongestName) return none;
        if (_names.BySpelling(label.Trim()) is { } exact)
            return new LabelMapping(label, exact.Node, exact.Kind is NameKind.Id or NameKind.Name ? LabelMatch.Exact : LabelMatch.Synonym);
        var key = NameKey.Of(label);
        if (key.Length == 0 || _unplaced.Contains(key)) return none;
        var node = (_names.ByKey(key) ?? WithoutEmptyEnding(key))?.Node;
        if (node is null && forgiving) node = WithoutBracket(label) ?? Misspelt(key);
        return node is null ? none : new LabelMapping(label, node, LabelMatch.Normalised);
    }

    private NameEntry? WithoutEmptyEnding(string key)
    {
        foreach (var ending in EmptyEndings)
            if (key.EndsWith(ending, StringComparison.Ordinal))
                return _names.ByKey(key.AsSpan(0, key.Length - ending.Length));
        return null;
    }

    /// <summary>"Bowen disease (SCC in situ)": the bracket may repeat the name, not change it.</summary>
    private OntologyNode? WithoutBracket(string label)
    {
        var open = label.IndexOf('(');
        var close = label.LastIndexOf(')');
        if (open <= 0 || close < open) return null;
        var outside = _names.ByKey(NameKey.Of(string.Concat(label.AsSpan(0, open), label.AsSpan(close + 1))))?.Node;
        if (outside is null) return null;
        var inside = NameKey.Of(label.AsSpan(open + 1, close - open - 1));
        return inside is "disorder" or "finding" || _names.ByKey(inside)?.Node == outside ? outside : null;
    }

    /// <summary>The one name within a slip or two, where no other name is as near.</summary>
    private OntologyNode? Misspelt(string key)
    {
        var limit = EditDistance.Allowed(key.Length);
        if (limit == 0 || !_byInitial.TryGetValue(key[0], out var candidates)) return null;
        NameEntry? best = null;
        var contested = false;
        var nearest = limit + 1;
        foreach (var candidate in candidates)
        {
            var distance = EditDistance.Within(key, candidate.Key, Math.Min(limit, nearest));
            if (distance > limit || distance > nearest || ChangesTheMeaning(key, candidate.Key)) continue;
            if (distance == nearest && best?.Node != candidate.Node) contested = true;
            if (distance < nearest)
            {
                best = candidate;
                nearest = distance;
                contested = false;
            }
        }
        return contested ? null : best?.Node;
    }

    /// <summary>Two slips turn hypo- into hyper-; words that differ in such a beginning are no misspellings of each other.</summary>
    private static bool ChangesTheMeaning(string key, string name) =>
        Contains(key, "hypo") != Contains(name, "hypo") || Contains(key, "hyper") != Contains(name, "hyper") || key.Count(' ') != name.Count(' ');

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.Ordinal);
}
