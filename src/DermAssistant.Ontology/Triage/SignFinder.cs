namespace DermAssistant.Ontology;

/// <summary>Where a sign is spoken of: the words of each part of its phrase.</summary>
internal readonly record struct SignMatch(Sign Sign, IReadOnlyList<Stretch> Parts)
{
    public int First => Parts.Min(part => part.First);

    public int Last => Parts.Max(part => part.Last);
}

/// <summary>Words that follow each other.</summary>
internal readonly record struct Stretch(int First, int Count)
{
    public int Last => First + Count - 1;

    public bool Contains(int word) => word >= First && word <= Last;

    public bool Overlaps(Stretch other) => First <= other.Last && other.First <= Last;
}

/// <summary>Finds the phrases of signs in words: every one of them, also those inside others.</summary>
internal sealed class SignFinder
{
    // Words that may stand between two parts of a phrase: "swelling of his whole tongue".
    private const int Reach = 4;

    // Across a comma the parts must nearly touch: "black foot, cold".
    private const int ReachAcrossComma = 1;

    private readonly List<IReadOnlyList<Slot>> _parts = [];
    private readonly Dictionary<string, List<int>> _partsByWord = new(StringComparer.Ordinal);
    private readonly List<int> _partsByNumber = [];
    private readonly List<Phrase> _phrases = [];
    private readonly HashSet<string> _stops;

    public SignFinder(TriageRules rules, HashSet<string> stops)
    {
        _stops = stops;
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var sign in rules.Signs)
            foreach (var phrase in sign.Phrases)
                _phrases.Add(new Phrase(sign, [.. Parse(phrase, rules).Select(part => Number(part, known))]));
    }

    /// <summary>Every word that a phrase holds.</summary>
    public IEnumerable<string> Words => _parts.SelectMany(part => part).SelectMany(slot => slot.Words);

    /// <summary>All matches, in the order of their first words.</summary>
    public List<SignMatch> Find(List<SpokenWord> words)
    {
        var found = new List<int>[_parts.Count];
        for (var at = 0; at < words.Count; at++)
        {
            if (_partsByWord.TryGetValue(words[at].Text, out var parts)) Note(parts, at);
            if (!double.IsNaN(words[at].Number)) Note(_partsByNumber, at);
        }
        var matches = new List<SignMatch>();
        foreach (var phrase in _phrases)
        {
            if (found[phrase.Parts[0]] is not { } firsts || phrase.Parts.Any(part => found[part] is null)) continue;
            foreach (var first in firsts) Grow(phrase, [Place(phrase.Parts[0], first)]);
        }
        return [.. matches.OrderBy(match => match.First)];

        void Note(List<int> parts, int at)
        {
            foreach (var part in parts)
                if (Fits(_parts[part], words, at)) (found[part] ??= []).Add(at);
        }

        // Every way to put the next part near those already placed.
        void Grow(Phrase phrase, IReadOnlyList<Stretch> placed)
        {
            if (placed.Count == phrase.Parts.Count)
            {
                matches.Add(new SignMatch(phrase.Sign, placed));
                return;
            }
            var part = phrase.Parts[placed.Count];
            var (low, high) = (placed.Min(stretch => stretch.First), placed.Max(stretch => stretch.Last));
            var starts = found[part];
            var from = starts.BinarySearch(low - Reach - _parts[part].Count);
            for (var i = from < 0 ? ~from : from; i < starts.Count && starts[i] <= high + Reach + 1; i++)
            {
                var next = Place(part, starts[i]);
                var near = next.First > high ? Near(words, high, next.First) : next.Last < low ? Near(words, next.Last, low)
                    : !placed.Any(next.Overlaps);
                if (near) Grow(phrase, [.. placed, next]);
            }
        }

        Stretch Place(int part, int first) => new(first, _parts[part].Count);
    }

    private bool Near(List<SpokenWord> words, int left, int right)
    {
        var reach = Reach;
        for (var at = left + 1; at <= right; at++)
        {
            if (words[at].Before >= Pause.Mark) return false;
            if (words[at].Before == Pause.Comma) reach = ReachAcrossComma;
            if (at < right && _stops.Contains(words[at].Text)) return false;
        }
        return right - left - 1 <= reach;
    }

    private static bool Fits(IReadOnlyList<Slot> part, List<SpokenWord> words, int at)
    {
        if (at + part.Count > words.Count) return false;
        for (var i = 0; i < part.Count; i++)
            if ((i > 0 && words[at + i].Before >= Pause.Comma) || !part[i].Holds(words[at + i])) return false;
        return true;
    }

    private static IReadOnlyList<IReadOnlyList<Slot>> Parse(string phrase, TriageRules rules)
    {
        try
        {
            return SignPattern.Parse(phrase, rules.Reading.Groups);
        }
        catch (FormatException e)
        {
            throw new OntologyException($"triage.json: {e.Message}.", "Correct the phrase; 'derm ontology check' names its line.", e);
        }
    }

    private int Number(IReadOnlyList<Slot> part, Dictionary<string, int> known)
    {
        var key = string.Join(' ', part.Select(slot => slot.IsNumber ? $"{slot.Least}..{slot.Most}" : string.Join('|', slot.Words)));
        if (known.TryGetValue(key, out var number)) return number;
        known.Add(key, number = _parts.Count);
        _parts.Add(part);
        if (part[0].IsNumber) _partsByNumber.Add(number);
        foreach (var word in part[0].Words)
        {
            if (!_partsByWord.TryGetValue(word, out var parts)) _partsByWord.Add(word, parts = []);
            parts.Add(number);
        }
        return number;
    }

    private sealed record Phrase(Sign Sign, IReadOnlyList<int> Parts);
}
