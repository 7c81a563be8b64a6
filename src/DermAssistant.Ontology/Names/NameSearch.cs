namespace DermAssistant.Ontology.Names;

/// <summary>Ranks nodes by how near their names are to a text.</summary>
internal sealed class NameSearch
{
    private const int PrefixCost = 1;
    private const int SlipCost = 4;
    private const int ShortestPrefix = 3;

    private static readonly HashSet<string> Silent = new(StringComparer.Ordinal)
    {
        "a", "an", "the", "on", "of", "in", "at", "to", "for", "from", "by", "with", "without", "and", "or", "is", "are", "what", "my", "your", "his", "her", "their", "some", "under", "around",
    };

    private readonly NameEntry[] _entries;
    private readonly int[] _wordCounts;
    private readonly string[] _words;
    private readonly int[][] _entriesOfWord;

    public NameSearch(NameIndex names)
    {
        _entries = [.. names.Entries.Where(entry => entry.Kind != NameKind.DatasetLabel)];
        _wordCounts = new int[_entries.Length];
        var byWord = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var e = 0; e < _entries.Length; e++)
        {
            var words = Telling(_entries[e].Key);
            _wordCounts[e] = words.Length;
            foreach (var word in words.Distinct())
            {
                if (!byWord.TryGetValue(word, out var list)) byWord.Add(word, list = []);
                list.Add(e);
            }
        }
        _words = [.. byWord.Keys];
        Array.Sort(_words, StringComparer.Ordinal);
        _entriesOfWord = [.. _words.Select(word => byWord[word].ToArray())];
    }

    /// <summary>The nodes whose names match most words of a text, cheapest match first.</summary>
    public IReadOnlyList<OntologyNode> Search(string text, int top)
    {
        if (top <= 0 || text.Length > NameKey.LongestName) return [];
        var query = Telling(NameKey.Of(text));
        var matches = new Match[_entries.Length];
        var touched = new List<int>();
        for (var word = 0; word < query.Length; word++) AddMatches(query[word], word + 1, matches, touched);
        var most = 0;
        foreach (var entry in touched) most = Math.Max(most, matches[entry].Words);
        touched.RemoveAll(entry => matches[entry].Words < most);
        touched.Sort((one, other) => Compare(one, other, matches));
        return [.. touched.Select(entry => _entries[entry].Node).Distinct().Take(top)];
    }

    /// <summary>The nodes that have a name with every telling word of a text, whole, and the nearest such name of each.</summary>
    public IReadOnlyList<NameMatch> Holding(string text, int top)
    {
        if (top <= 0 || text.Length > NameKey.LongestName) return [];
        var query = Telling(NameKey.Of(text));
        if (query.Length == 0) return [];
        List<int>? found = null;
        foreach (var word in query)
        {
            var at = Array.BinarySearch(_words, word, StringComparer.Ordinal);
            if (at < 0) return [];
            found = found is null ? [.. _entriesOfWord[at]] : [.. found.Intersect(_entriesOfWord[at])];
        }
        return [.. found!.OrderBy(entry => _wordCounts[entry]).ThenBy(entry => _entries[entry].Kind).ThenBy(entry => _entries[entry].Node.Id, StringComparer.Ordinal)
            .Select(entry => new NameMatch(_entries[entry].Node, _entries[entry].Text)).DistinctBy(match => match.Node).Take(top)];
    }

    /// <summary>The words of a key that tell names apart: "wart on the foot" is a wart and a foot, nothing that begins with "on".</summary>
    private static string[] Telling(string key) => [.. key.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !Silent.Contains(word))];

    /// <summary>Notes every name with a word that begins with this one or, where none does, is a slip or two away.</summary>
    private void AddMatches(string word, int stamp, Match[] matches, List<int> touched)
    {
        var from = Array.BinarySearch(_words, word, StringComparer.Ordinal);
        if (from < 0) from = ~from;
        var at = from;
        for (; at < _words.Length && _words[at].StartsWith(word, StringComparison.Ordinal) && (word.Length >= ShortestPrefix || _words[at].Length == word.Length); at++)
            Add(at, _words[at].Length == word.Length ? 0 : PrefixCost, stamp, matches, touched);
        if (at > from) return;
        var limit = EditDistance.Allowed(word.Length + 2);
        for (at = 0; limit > 0 && at < _words.Length; at++)
        {
            var distance = EditDistance.Within(word, _words[at], limit);
            if (distance <= limit) Add(at, SlipCost * distance, stamp, matches, touched);
        }
    }

    private void Add(int word, int cost, int stamp, Match[] matches, List<int> touched)
    {
        foreach (var entry in _entriesOfWord[word])
        {
            ref var match = ref matches[entry];
            if (match.Words == 0) touched.Add(entry);
            if (match.Stamp != stamp) match = new Match(match.Words + 1, match.Cost + cost, stamp, cost);
            else if (cost < match.Last) match = match with { Cost = match.Cost - match.Last + cost, Last = cost };
        }
    }

    private int Compare(int one, int other, Match[] matches)
    {
        var order = Cost(one, matches[one]).CompareTo(Cost(other, matches[other]));
        if (order == 0) order = _entries[one].Kind.CompareTo(_entries[other].Kind);
        if (order == 0) order = _entries[other].Node.Level.CompareTo(_entries[one].Node.Level);
        return order == 0 ? string.CompareOrdinal(_entries[one].Node.Id, _entries[other].Node.Id) : order;
    }

    private int Cost(int entry, Match match) => match.Cost + Math.Max(0, _wordCounts[entry] - match.Words) * 2;

    /// <summary>How a name matches a query so far.</summary>
    /// <param name="Words">Words of the query it matches.</param>
    /// <param name="Stamp">The query word that matched last.</param>
    /// <param name="Last">What that word cost.</param>
    private readonly record struct Match(int Words, int Cost, int Stamp, int Last);
}
