using System.Buffers;
using DermAssistant.Ontology.Names;

namespace DermAssistant.Ontology;

/// <summary>A sign found in a person's words.</summary>
/// <param name="Id">Id of the sign.</param>
/// <param name="Text">The sign as a clause.</param>
/// <param name="Words">The words it was recognised by.</param>
/// <param name="Denied">True when the person said it is not there; a denied sign is no evidence, it only need not be asked for again.</param>
public sealed record ReportedSign(string Id, string Text, string Words, bool Denied);

/// <summary>Recognises signs in a person's words by the phrases of the triage rules.</summary>
/// <remarks>
/// A denial reaches what directly follows it ("no fever or itching") and ends at any word that is not known to carry it on.
/// Where the words leave it open, the sign counts as reported: that can raise urgency, never lower it. Safe for concurrent use.
/// </remarks>
public sealed class ReportedSigns
{
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?;:\n()");
    private static readonly SearchValues<char> AnswerMarks = SearchValues.Create(":?=-");

    private readonly Dictionary<string, Sign> _signs;
    private readonly Dictionary<string, List<Sign>>.AlternateLookup<ReadOnlySpan<char>> _byPhrase;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _longestByFirstWord;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _negations;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _between;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _stops;
    private readonly string[] _notNegations;
    private readonly string[] _unsure;
    private readonly string[] _yes;
    private readonly string[] _no;

    internal ReportedSigns(TriageRules rules)
    {
        _signs = rules.Signs.DistinctBy(sign => sign.Id).ToDictionary(sign => sign.Id, StringComparer.Ordinal);
        var byPhrase = new Dictionary<string, List<Sign>>(StringComparer.Ordinal);
        var longest = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var sign in rules.Signs)
            foreach (var phrase in sign.Phrases)
            {
                var key = NameKey.Of(phrase);
                if (!byPhrase.TryGetValue(key, out var signs)) byPhrase.Add(key, signs = []);
                if (!signs.Contains(sign)) signs.Add(sign);
                var words = key.Split(' ');
                longest[words[0]] = Math.Max(longest.GetValueOrDefault(words[0]), words.Length);
            }
        _byPhrase = byPhrase.GetAlternateLookup<ReadOnlySpan<char>>();
        _longestByFirstWord = longest.GetAlternateLookup<ReadOnlySpan<char>>();
        _negations = Words(rules.Reading.Negations);
        _between = Words(rules.Reading.Between);
        _stops = Words(rules.Reading.Stops);
        _notNegations = Keys(rules.Reading.NotNegations);
        _unsure = Keys(rules.Reading.Unsure);
        _yes = Keys(rules.Reading.Yes);
        _no = Keys(rules.Reading.No);
    }

    /// <summary>The signs a text reports or denies, in the order of their first mention; one entry per sign, reported if any mention reports it.</summary>
    public IReadOnlyList<ReportedSign> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<KeyWord>();
        var key = NameKey.Of(text, words);
        var matches = FindPhrases(key, words);
        var covered = new bool[words.Count];
        foreach (var match in matches) covered.AsSpan(match.First, match.Count).Fill(true);
        var found = new Dictionary<string, ReportedSign>(StringComparer.Ordinal);
        foreach (var match in matches)
        {
            var denied = IsDenied(text, key, words, covered, match);
            var last = words[match.First + match.Count - 1];
            var start = words[match.First].Start;
            var said = text[start..(last.Start + last.Length)];
            foreach (var sign in match.Signs)
                if (!found.TryGetValue(sign.Id, out var held) || (held.Denied && !denied))
                    found[sign.Id] = new ReportedSign(sign.Id, sign.Text, said, denied);
        }
        return [.. found.Values];
    }

    /// <summary>What a reply to the question after a sign says: there, not there, or null when it does not tell.</summary>
    public bool? Answer(string signId, string reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (!_signs.ContainsKey(signId)) throw new OntologyException($"There is no sign '{signId}'.", "Use the id of a sign of triage.json.");
        var key = NameKey.Of(reply.AsSpan(0, Math.Min(reply.Length, NameKey.LongestName)));
        if (BeginsWith(key, _unsure)) return null;
        if (BeginsWith(key, _no)) return false;
        if (BeginsWith(key, _yes)) return true;
        return Read(reply).FirstOrDefault(sign => sign.Id == signId) is { } said ? !said.Denied : null;
    }

    /// <summary>The report of a sign that was asked for and affirmed or denied.</summary>
    public ReportedSign Report(string signId, bool present) => _signs.TryGetValue(signId, out var sign)
        ? new ReportedSign(sign.Id, sign.Text, sign.Text, !present)
        : throw new OntologyException($"There is no sign '{signId}'.", "Use the id of a sign of triage.json.");

    private List<PhraseMatch> FindPhrases(string key, List<KeyWord> words)
    {
        var matches = new List<PhraseMatch>();
        for (var first = 0; first < words.Count; first++)
        {
            if (!_longestByFirstWord.TryGetValue(Word(key, words[first]), out var longest)) continue;
            for (var count = Math.Min(longest, words.Count - first); count > 0; count--)
            {
                var end = words[first + count - 1];
                if (_byPhrase.TryGetValue(key.AsSpan(words[first].KeyStart, end.KeyStart + end.KeyLength - words[first].KeyStart), out var signs))
                    matches.Add(new PhraseMatch(first, count, signs));
            }
        }
        return matches;
    }

    private bool IsDenied(string text, string key, List<KeyWord> words, bool[] covered, PhraseMatch match)
    {
        for (var at = match.First - 1; at >= 0; at--)
        {
            var gap = Between(text, words[at], words[at + 1]);
            if (gap == Gap.Stop || (gap == Gap.Comma && !ListGoesOn(text, key, words, at + 1))) break;
            var word = Word(key, words[at]);
            if (_stops.Contains(word)) break;
            if (_negations.Contains(word)) return !_notNegations.Any(turn => FollowsAt(key, words[at].KeyStart, turn));
            if (!_between.Contains(word) && !covered[at]) break;
        }
        return IsAnsweredNo(text, key, words, match.First + match.Count);
    }

    /// <summary>"No fever, chills or pain": after a comma the denial holds only if the list ends in "or".</summary>
    private static bool ListGoesOn(string text, string key, List<KeyWord> words, int from)
    {
        for (var at = from; at < words.Count; at++)
        {
            if (at > from && Between(text, words[at - 1], words[at]) == Gap.Stop) return false;
            if (Word(key, words[at]) is "or" or "nor") return true;
        }
        return false;
    }

    /// <summary>"Fever? No." and "itching: none".</summary>
    private bool IsAnsweredNo(string text, string key, List<KeyWord> words, int next)
    {
        if (next == 0 || next >= words.Count) return false;
        var gap = text.AsSpan(words[next - 1].Start + words[next - 1].Length, words[next].Start - words[next - 1].Start - words[next - 1].Length);
        if (!gap.ContainsAny(AnswerMarks)) return false;
        if (!_no.Contains(Word(key, words[next]).ToString())) return false;
        return next == words.Count - 1 || Between(text, words[next], words[next + 1]) != Gap.None;
    }

    private static Gap Between(string text, KeyWord left, KeyWord right)
    {
        var from = left.Start + left.Length;
        var gap = text.AsSpan(from, right.Start - from);
        if (gap.ContainsAny(SentenceEnds)) return Gap.Stop;
        return gap.Contains(',') ? Gap.Comma : Gap.None;
    }

    private static ReadOnlySpan<char> Word(string key, KeyWord word) => key.AsSpan(word.KeyStart, word.KeyLength);

    private static bool FollowsAt(string key, int start, string phrase) =>
        key.AsSpan(start).StartsWith(phrase, StringComparison.Ordinal) && (start + phrase.Length == key.Length || key[start + phrase.Length] == ' ');

    private static bool BeginsWith(string key, string[] phrases) => phrases.Any(phrase => FollowsAt(key, 0, phrase));

    private static HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Words(IEnumerable<string> words) =>
        words.Select(word => NameKey.Of(word)).ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static string[] Keys(IEnumerable<string> phrases) => [.. phrases.Select(phrase => NameKey.Of(phrase))];

    private enum Gap
    {
        None,
        Comma,
        Stop,
    }

    private readonly record struct PhraseMatch(int First, int Count, List<Sign> Signs);
}
