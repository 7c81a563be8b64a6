namespace DermAssistant.Ontology.Names;

/// <summary>Finds names in running text: longest first, at word boundaries, not overlapping.</summary>
internal sealed class MentionFinder
{
    private readonly NameIndex _names;
    private readonly ConceptIndex _concepts;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _longestByFirstWord;

    public MentionFinder(NameIndex names, ConceptIndex concepts)
    {
        _names = names;
        _concepts = concepts;
        var longest = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var key in names.Entries.Select(entry => entry.Key).Concat(concepts.Keys))
        {
            var space = key.IndexOf(' ', StringComparison.Ordinal);
            var first = space < 0 ? key : key[..space];
            longest[first] = Math.Max(longest.GetValueOrDefault(first), key.AsSpan().Count(' ') + 1);
        }
        _longestByFirstWord = longest.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IReadOnlyList<Mention> FindNodes(string text)
    {
        var found = new List<Mention>();
        Walk(text, (start, length, key, written) =>
        {
            if (_names.ByKey(key) is not { Kind: not NameKind.DatasetLabel } entry) return false;
            if (entry.OnlyInCapitals && written.ContainsAnyInRange('a', 'z')) return false;
            found.Add(new Mention(start, length, entry.Node) { AlsoConcept = _concepts.ByKey(key) });
            return true;
        });
        return found;
    }

    public IReadOnlyList<ConceptMention> FindConcepts(string text)
    {
        var found = new List<ConceptMention>();
        Walk(text, (start, length, key, _) =>
        {
            if (_concepts.ByKey(key) is not { } concept) return false;
            found.Add(new ConceptMention(start, length, concept));
            return true;
        });
        return found;
    }

    private void Walk(string text, Visitor accept)
    {
        var words = new List<KeyWord>();
        var key = NameKey.Of(text, words).AsSpan();
        for (var first = 0; first < words.Count;)
            first += Accepted(text, key, words, first, accept);
    }

    /// <summary>How many words the longest accepted name at a word takes, or 1.</summary>
    private int Accepted(string text, ReadOnlySpan<char> key, List<KeyWord> words, int first, Visitor accept)
    {
        var start = words[first];
        if (!_longestByFirstWord.TryGetValue(key.Slice(start.KeyStart, start.KeyLength), out var longest)) return 1;
        for (var count = Math.Min(longest, words.Count - first); count > 0; count--)
        {
            var end = words[first + count - 1];
            var length = end.Start + end.Length - start.Start;
            var slice = key[start.KeyStart..(end.KeyStart + end.KeyLength)];
            if (accept(start.Start, length, slice, text.AsSpan(start.Start, length))) return count;
        }
        return 1;
    }

    private delegate bool Visitor(int start, int length, ReadOnlySpan<char> key, ReadOnlySpan<char> written);
}
