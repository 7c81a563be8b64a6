namespace DermAssistant.Ontology.Names;

/// <summary>Places outside labels; one that cannot be placed stays unplaced.</summary>
internal sealed class LabelMapper
{
    // No name holds more commas; a list is cut off far above any that was seen.
    private const int MostCommas = 5;
    private const int LongestList = NameKey.LongestName * 8;

    private static readonly char[] Separators = [',', ';', '|', '/'];
    private static readonly string[] EmptyEndings = [" nos", " unspecified", " not otherwise specified"];

    private readonly NameIndex _names;
    private readonly HashSet<string> _unplaced;
    private readonly Dictionary<char, List<NameEntry>> _byInitial = [];
    private readonly Slips _slips;

    public LabelMapper(NameIndex names, IEnumerable<string> unplaced, IEnumerable<string> otherWords)
    {
        _names = names;
        _slips = new Slips(names, otherWords);
        _unplaced = unplaced.Select(label => NameKey.Of(label)).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in names.Entries)
        {
            if (EditDistance.Allowed(entry.Key.Length) == 0) continue;
            if (!_byInitial.TryGetValue(entry.Key[0], out var list)) _byInitial.Add(entry.Key[0], list = []);
            list.Add(entry);
        }
    }

    /// <summary>Places a label; of several joined in one string, the first, provided that all can be placed.</summary>
    /// <remarks>A part that finds no place may change the meaning of the one before it ("keratosis, follicular"), so it leaves the whole unplaced.</remarks>
    public LabelMapping Map(string label)
    {
        var parts = MapAll(label);
        if (parts.Count == 1 && ReferenceEquals(parts[0].Label, label)) return parts[0];
        return parts.All(part => part.Node is not null)
            ? new LabelMapping(label, parts[0].Node, LabelMatch.Normalised) { Misspelt = parts.Any(part => part.Misspelt) }
            : new LabelMapping(label, null, LabelMatch.None);
    }

    /// <summary>Places every label of a joined string; names that hold the separator themselves are kept whole.</summary>
    public IReadOnlyList<LabelMapping> MapAll(string label)
    {
        var whole = Place(label, forgiving: true);
        if (whole.Node is not null || label.Length > LongestList || label.IndexOfAny(Separators) < 0 || IsUnplaced(label)) return [whole];
        var bounds = PartBounds(label);
        var found = new List<LabelMapping>();
        for (var from = 0; from < bounds.Count;)
        {
            from = PlaceLongest(label, bounds, from, out var mapping);
            if (mapping.Label.Length == 0) continue;
            if (mapping.Node is null || found.TrueForAll(other => other.Node != mapping.Node)) found.Add(mapping);
        }
        return found.Count == 0 ? [whole] : found;
    }

    private int PlaceLongest(string label, List<(int Start, int End)> bounds, int from, out LabelMapping mapping)
    {
        for (var to = Math.Min(bounds.Count - 1, from + MostCommas); to > from; to--)
        {
            var several = label[bounds[from].Start..bounds[to].End].Trim();
            mapping = Place(several, forgiving: false);
            if (mapping.Node is null) mapping = PlaceInverted(several);
            if (mapping.Node is not null) return to + 1;
        }
        mapping = Place(label[bounds[from].Start..bounds[from].End].Trim(), forgiving: true);
        return from + 1;
    }

    /// <summary>"Keratosis, seborrheic": registers put the noun first and what is said of it behind a comma.</summary>
    /// <remarks>Never where what follows is a name of its own: "melanoma, lentigo maligna" are two labels, not lentigo maligna melanoma.</remarks>
    private LabelMapping PlaceInverted(string label)
    {
        var parts = label.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length is < 2 or > 3 || parts.Skip(1).Any(part => part.Length == 0 || Place(part, forgiving: false).Node is not null))
            return new LabelMapping(label, null, LabelMatch.None);
        Array.Reverse(parts);
        var turned = Place(string.Join(' ', parts), forgiving: false);
        return turned.Node is null ? turned : new LabelMapping(label, turned.Node, LabelMatch.Normalised);
    }

    /// <summary>Whether a text can be a misspelling of a name that is only a few letters away.</summary>
    public bool CanBeSlip(string written, string name) => _slips.CanBe(NameKey.Of(written), NameKey.Of(name));

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

    private bool IsUnplaced(string label) => _unplaced.Contains(NameKey.Of(label));

    private LabelMapping Place(string label, bool forgiving)
    {
        var none = new LabelMapping(label, null, LabelMatch.None);
        if (label.Length > NameKey.LongestName) return none;
        if (_names.BySpelling(label.Trim()) is { } exact)
            return new LabelMapping(label, exact.Node, exact.Kind is NameKind.Id or NameKind.Name ? LabelMatch.Exact : LabelMatch.Synonym);
        var key = NameKey.Of(label);
        if (key.Length == 0 || _unplaced.Contains(key)) return none;
        var node = (_names.ByKey(key) ?? WithoutEmptyEnding(key))?.Node;
        if (node is null && forgiving) node = WithoutBracket(label) ?? WithoutAbbreviation(label);
        if (node is not null) return new LabelMapping(label, node, LabelMatch.Normalised);
        return forgiving && Misspelt(key) is { } guessed ? new LabelMapping(label, guessed, LabelMatch.Normalised) { Misspelt = true } : none;
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

    /// <summary>"AN - Acanthosis nigricans": the initials may precede the name they abbreviate.</summary>
    private OntologyNode? WithoutAbbreviation(string label)
    {
        var dash = label.IndexOf(" - ", StringComparison.Ordinal);
        if (dash <= 0) return null;
        var name = NameKey.Of(label.AsSpan(dash + 3));
        var initials = string.Concat(name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word[0]));
        return initials.Length > 1 && initials.AsSpan().Equals(label.AsSpan(0, dash).Trim(), StringComparison.OrdinalIgnoreCase) ? _names.ByKey(name)?.Node : null;
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
            if (distance > limit || distance > nearest || !_slips.CanBe(key, candidate.Key)) continue;
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
}
