namespace DermAssistant.Ontology;

/// <summary>How a word was meant.</summary>
internal enum Standing
{
    Said,

    /// <summary>Said not to be there.</summary>
    Denied,

    /// <summary>Only wondered about ("if it bleeds").</summary>
    Wondered,
}

/// <summary>How far denials reach.</summary>
/// <remarks>
/// A denial reaches the sign that follows it and, from there, a bare list of signs. It ends at a verb, a subject, a number, at anything
/// that is not a sign. Commas carry it only where an "or" closes the list; what stands in doubt counts as said.
/// </remarks>
internal sealed class DenialReach(SignVocabulary reading)
{
    // "A rash, no itch, fever, purple spots, drowsy or vomiting" reports from the second comma on: a denial in the middle of a list
    // carries over two commas at most, one that opens its sentence over a few more.
    private const int LongestInnerList = 3;
    private const int LongestList = 6;

    private readonly HashSet<string> _negations = Words(reading.Negations);
    private readonly HashSet<string> _ofNouns = Words(reading.NegationsOfNouns);
    private readonly HashSet<string> _wondering = Words(reading.Wondering);
    private readonly HashSet<string> _between = Words(reading.Between);
    private readonly HashSet<string> _beliefs = Words(reading.Beliefs);
    private readonly HashSet<string> _subjects = Words(reading.Subjects);
    private readonly HashSet<string> _adjectives = Words(reading.Adjectives);
    private readonly HashSet<string> _articles = Words(reading.Articles);
    private readonly IReadOnlyList<string>[] _notNegations = [.. reading.NotNegations.Select(SpokenWords.OfPhrase)];

    /// <summary>Every word the reach of a denial is decided by.</summary>
    public IEnumerable<string> Vocabulary => [.. _negations, .. _wondering, .. _between, .. _beliefs, .. _subjects, .. _adjectives, .. _articles, .. _notNegations.SelectMany(words => words)];

    /// <summary>The standing of every word.</summary>
    public Standing[] Of(List<SpokenWord> words, List<SignMatch> matches)
    {
        var standing = new Standing[words.Count];
        var ends = Ends(words, matches);
        var own = new bool[words.Count];
        foreach (var part in matches.SelectMany(match => match.Parts)) own.AsSpan(part.First, part.Count).Fill(true);
        for (var at = 0; at < words.Count; at++)
        {
            // The "not" of "not healing" is part of the sign and denies nothing.
            var kind = own[at] ? Standing.Said : _negations.Contains(words[at].Text) ? Standing.Denied : _wondering.Contains(words[at].Text) ? Standing.Wondered : Standing.Said;
            if (kind == Standing.Said || _notNegations.Any(turn => Follows(words, at, turn))) continue;
            foreach (var item in Reached(words, ends, at, kind))
                for (var i = item.First; i <= item.Last; i++)
                    if (standing[i] != Standing.Denied) standing[i] = kind;
        }
        return standing;
    }

    /// <summary>For every word the last word of the longest sign that begins there, or -1.</summary>
    private static int[] Ends(List<SpokenWord> words, List<SignMatch> matches)
    {
        var ends = new int[words.Count];
        Array.Fill(ends, -1);
        foreach (var match in matches)
        {
            var whole = true;
            for (var at = match.First + 1; at <= match.Last && whole; at++) whole = words[at].Before < Pause.Comma;
            if (whole) ends[match.First] = Math.Max(ends[match.First], match.Last);
            foreach (var part in match.Parts)
                if (match.Parts.Count == 1) ends[part.First] = Math.Max(ends[part.First], part.Last);
        }
        return ends;
    }

    private List<Stretch> Reached(List<SpokenWord> words, int[] ends, int negation, Standing kind)
    {
        var at = negation + 1;
        var subjects = kind == Standing.Wondered;
        while (at < words.Count && words[at].Before < Pause.Comma && ends[at] < 0)
        {
            if (_beliefs.Contains(words[at].Text)) subjects = true;
            else if (!_between.Contains(words[at].Text) && !(subjects && _subjects.Contains(words[at].Text))) return [];
            at++;
        }
        var items = new List<Stretch>();
        if (!Take(words, ends, ref at, items)) return [];
        while (at < words.Count)
        {
            var from = at;
            if (IsOr(words[at]) && words[at].Before <= Pause.Comma)
            {
                at = SkipArticles(words, at + 1);
                if (at < words.Count && words[at].Before < Pause.Comma && Take(words, ends, ref at, items)) continue;
                break;
            }
            if (words[at].Before == Pause.Slash && Take(words, ends, ref at, items)) continue;
            if (words[at].Before != Pause.Comma || !TakeClosedList(words, ends, negation, ref at, items)) break;
            if (at == from) break;
        }
        return items;
    }

    /// <summary>Items joined by commas up to an "or"; none is taken where no "or" closes them.</summary>
    private bool TakeClosedList(List<SpokenWord> words, int[] ends, int negation, ref int at, List<Stretch> items)
    {
        var listed = new List<Stretch>();
        var next = at;
        while (next < words.Count && words[next].Before == Pause.Comma && !IsOr(words[next]) && Take(words, ends, ref next, listed)) { }
        if (listed.Count == 0 || next >= words.Count || !IsOr(words[next]) || words[next].Before > Pause.Comma) return false;
        var closing = SkipArticles(words, next + 1);
        if (closing >= words.Count || words[closing].Before >= Pause.Comma || !Take(words, ends, ref closing, listed)) return false;
        if (items.Count + listed.Count > (StandsInList(words, negation) ? LongestInnerList : LongestList)) return false;
        // "No" goes with nouns: in "no itch, drowsy or sick" a new statement begins at "drowsy".
        if (_ofNouns.Contains(words[negation].Text) && listed.Any(item => _adjectives.Contains(words[item.Last].Text))) return false;
        items.AddRange(listed);
        at = closing;
        return true;
    }

    private static bool Take(List<SpokenWord> words, int[] ends, ref int at, List<Stretch> items)
    {
        if (at >= words.Count || ends[at] < 0) return false;
        items.Add(new Stretch(at, ends[at] - at + 1));
        at = ends[at] + 1;
        return true;
    }

    private static bool StandsInList(List<SpokenWord> words, int negation)
    {
        for (var at = negation; at > 0 && words[at].Before < Pause.Mark; at--)
            if (words[at].Before == Pause.Comma) return true;
        return false;
    }

    private int SkipArticles(List<SpokenWord> words, int at)
    {
        while (at < words.Count && words[at].Before < Pause.Comma && _articles.Contains(words[at].Text)) at++;
        return at;
    }

    private static bool IsOr(SpokenWord word) => word.Text is "or" or "nor";

    /// <summary>Whether a turn of phrase begins at a word.</summary>
    internal static bool Follows(List<SpokenWord> words, int at, IReadOnlyList<string> phrase)
    {
        if (at + phrase.Count > words.Count) return false;
        for (var i = 0; i < phrase.Count; i++)
            if ((i > 0 && words[at + i].Before >= Pause.Comma) || words[at + i].Text != phrase[i]) return false;
        return true;
    }

    private static HashSet<string> Words(IEnumerable<string> words) => words.SelectMany(SpokenWords.OfPhrase).ToHashSet(StringComparer.Ordinal);
}
