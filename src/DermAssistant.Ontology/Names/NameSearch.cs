namespace DermAssistant.Ontology.Names;

/// <summary>Ranks nodes by how near their names are to a text.</summary>
internal sealed class NameSearch
{
    private const int PrefixCost = 1;
    private const int SlipCost = 4;
    private const int UnmatchedQueryWordCost = 12;

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
            var words = _entries[e].Key.Split(' ');
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

    public IReadOnlyList<OntologyNode> Search(string text, int top)
    {
        if (top <= 0 || text.Length > NameKey.LongestName) return [];
        var query = NameKey.Of(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (query.Length == 0) return [];
        var matches = Match(query);
        return
        [
            .. matches
                .Select(match => (Entry: _entries[match.Key], Cost: Cost(match.Key, match.Value, query.Length)))
                .OrderBy(match => match.Cost)
                .ThenBy(match => match.Entry.Kind)
                .ThenByDescending(match => match.Entry.Node.Level)
                .ThenBy(match => match.Entry.Node.Id, StringComparer.Ordinal)
                .Select(match => match.Entry.Node)
                .Distinct()
                .Take(top),
        ];
    }

    private int Cost(int entry, (int Words, int Cost) match, int queryWords) =>
        match.Cost + (queryWords - match.Words) * UnmatchedQueryWordCost + Math.Max(0, _wordCounts[entry] - match.Words) * 2;

    /// <summary>For every entry with a matching word: how many of the query's words it matches, and at what cost.</summary>
    private Dictionary<int, (int Words, int Cost)> Match(string[] query)
    {
        var matches = new Dictionary<int, (int Words, int Cost)>();
        foreach (var word in query)
        {
            var costs = CostsOf(word);
            foreach (var (entry, cost) in costs)
            {
                var (words, total) = matches.GetValueOrDefault(entry);
                matches[entry] = (words + 1, total + cost);
            }
        }
        return matches;
    }

    private Dictionary<int, int> CostsOf(string word)
    {
        var costs = new Dictionary<int, int>();
        var from = Array.BinarySearch(_words, word, StringComparer.Ordinal);
        if (from < 0) from = ~from;
        for (var at = from; at < _words.Length && _words[at].StartsWith(word, StringComparison.Ordinal); at++)
            Add(costs, at, _words[at].Length == word.Length ? 0 : PrefixCost);
        if (costs.Count > 0) return costs;
        var limit = EditDistance.Allowed(word.Length + 2);
        for (var at = 0; limit > 0 && at < _words.Length; at++)
        {
            var distance = EditDistance.Within(word, _words[at], limit);
            if (distance <= limit) Add(costs, at, SlipCost * distance);
        }
        return costs;
    }

    private void Add(Dictionary<int, int> costs, int word, int cost)
    {
        foreach (var entry in _entriesOfWord[word])
            if (!costs.TryGetValue(entry, out var held) || held > cost) costs[entry] = cost;
    }
}
