using DermAssistant.Ontology.Names;

namespace DermAssistant.Ontology;

/// <summary>A sign found in a person's words.</summary>
/// <param name="Id">Id of the sign.</param>
/// <param name="Text">The sign as a clause.</param>
/// <param name="Words">The words it was recognised by.</param>
/// <param name="Denied">True when the person said it is not there; a denied sign is no evidence, it only need not be asked for again.</param>
public sealed record ReportedSign(string Id, string Text, string Words, bool Denied)
{
    /// <summary>Id of the condition the person says to have, or null for a sign; only conditions that are urgent by themselves are reported so.</summary>
    public string? Condition { get; init; }
}

/// <summary>Recognises signs in a person's words by the phrases of the triage rules.</summary>
/// <remarks>
/// A denial reaches what directly follows it ("no fever or itching") and ends at anything that is not a sign. Where the words leave it
/// open, the sign counts as reported: that can raise urgency, never lower it. What is only wondered about ("if it bleeds") counts as
/// neither, and names of conditions and concepts that are looked up ("what is purpura?") report nothing. Safe for concurrent use.
/// </remarks>
public sealed class ReportedSigns
{
    // "Do I have shingles?" asks.
    private static readonly HashSet<string> Questions = [.. ((string[])["do", "does", "did", "if", "whether", "could", "can", "might", "may"]).SelectMany(SpokenWords.OfPhrase)];

    private readonly Dictionary<string, Sign> _signs;
    private readonly MentionFinder _mentions;
    private readonly SpokenWords _words;
    private readonly SignFinder _finder;
    private readonly DenialReach _denials;
    private readonly ReplyReader _replies;
    private readonly IReadOnlyList<string>[] _lookUps;
    private readonly HashSet<string> _joins;
    private readonly IReadOnlyList<string>[] _claims;
    private readonly Urgency _otherwise;

    internal ReportedSigns(TriageRules rules, MentionFinder mentions)
    {
        _mentions = mentions;
        _signs = rules.Signs.DistinctBy(sign => sign.Id).ToDictionary(sign => sign.Id, StringComparer.Ordinal);
        var stops = rules.Reading.Stops.SelectMany(SpokenWords.OfPhrase).ToHashSet(StringComparer.Ordinal);
        _finder = new SignFinder(rules, stops);
        _denials = new DenialReach(rules.Reading);
        _replies = new ReplyReader(rules.Reading);
        _lookUps = [.. rules.Reading.LookUps.Select(SpokenWords.OfPhrase)];
        _joins = rules.Reading.Joins.SelectMany(SpokenWords.OfPhrase).ToHashSet(StringComparer.Ordinal);
        _claims = [.. rules.Reading.Claims.Select(SpokenWords.OfPhrase)];
        _otherwise = rules.Otherwise.Urgency;
        var known = _finder.Words.Concat(_denials.Vocabulary).Concat(_replies.Vocabulary)
            .Concat(rules.Reading.Ordinary.SelectMany(SpokenWords.OfPhrase)).ToHashSet(StringComparer.Ordinal);
        _words = new SpokenWords(known, rules.Reading.Forgiven);
    }

    /// <summary>The signs a text reports or denies, in the order of their first mention; one entry per sign, reported if any mention reports it.</summary>
    public IReadOnlyList<ReportedSign> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(text, _words.Of(text));
    }

    /// <summary>What a reply to the question for a sign says of it.</summary>
    /// <exception cref="OntologyException">There is no such sign.</exception>
    public SignReply Answer(string signId, string reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        var asked = Known(signId);
        if (reply.Length > NameKey.LongestName) return SignReply.None;
        var words = _words.Of(reply);
        var said = _finder.Find(words).Where(match => match.Sign.Id == asked.Id || match.Sign.Context).SelectMany(match => match.Parts)
            .SelectMany(part => words.GetRange(part.First, part.Count)).Select(word => word.Text).ToHashSet(StringComparer.Ordinal);
        var answer = _replies.Read(words, said);
        if (answer != SignReply.None) return answer;
        return Read(reply, words).FirstOrDefault(sign => sign.Id == signId) is { } found ? found.Denied ? SignReply.No : SignReply.Yes : SignReply.None;
    }

    /// <summary>The report of a sign that was asked for and affirmed or denied.</summary>
    /// <exception cref="OntologyException">There is no such sign.</exception>
    public ReportedSign Report(string signId, bool present)
    {
        var sign = Known(signId);
        return new ReportedSign(sign.Id, sign.Text, sign.Text, !present);
    }

    private Sign Known(string signId) => _signs.TryGetValue(signId, out var sign)
        ? sign
        : throw new OntologyException($"There is no sign '{signId}'.", "Use the id of a sign of triage.json.");

    private List<ReportedSign> Read(string text, List<SpokenWord> words)
    {
        var matches = _finder.Find(words);
        var claimed = Unname(text, words, matches);
        var standing = _denials.Of(words, matches);
        var order = new List<string>();
        var found = new Dictionary<string, ReportedSign>(StringComparer.Ordinal);
        foreach (var match in matches)
        {
            var meant = match.Parts.Max(part => Meant(words, standing, part));
            if (meant == Standing.Wondered) continue;
            var denied = meant == Standing.Denied || IsAnsweredNo(words, match.Last + 1);
            if (found.TryGetValue(match.Sign.Id, out var held) && (!held.Denied || denied)) continue;
            if (held is null) order.Add(match.Sign.Id);
            var last = words[match.Last];
            var start = words[match.First].Start;
            found[match.Sign.Id] = new ReportedSign(match.Sign.Id, match.Sign.Text, text[start..(last.Start + last.Length)], denied);
        }
        return [.. order.ConvertAll(id => found[id]), .. claimed];
    }

    private static Standing Meant(List<SpokenWord> words, Standing[] standing, Stretch part)
    {
        for (var at = part.First; at <= part.Last; at++)
            if (standing[at] != Standing.Said) return standing[at];
        return Standing.Said;
    }

    /// <summary>Drops what is only part of a name ("purpura" in "purpura fulminans") and what is named to be looked up.</summary>
    /// <returns>The conditions that somebody says to have.</returns>
    private List<ReportedSign> Unname(string text, List<SpokenWord> words, List<SignMatch> matches)
    {
        var mentions = _mentions.FindNodes(text);
        var nodes = mentions.Select(mention => Place(words, mention.Start, mention.Length)).ToList();
        var names = nodes.Concat(_mentions.FindConcepts(text).Select(mention => Place(words, mention.Start, mention.Length))).ToList();
        var asked = LookedUp(words, names);
        matches.RemoveAll(match => match.Parts.Any(part => asked.Exists(part.Overlaps))
            || nodes.Exists(name => match.Parts.All(part => name.Contains(part.First) && name.Contains(part.Last)) && match.Parts.Sum(part => part.Count) < name.Count));
        return
        [
            .. mentions.Zip(nodes)
                .Where(named => named.First.Node.DefaultUrgency > _otherwise && !asked.Exists(named.Second.Overlaps) && IsClaimed(words, named.Second.First))
                .DistinctBy(named => named.First.Node.Id)
                .Select(named => new ReportedSign(named.First.Node.Id, named.First.Node.Name, text.Substring(named.First.Start, named.First.Length), false) { Condition = named.First.Node.Id }),
        ];
    }

    /// <summary>Whether a condition is said to be had: "I have", "diagnosed with", with an article in between.</summary>
    private bool IsClaimed(List<SpokenWord> words, int first)
    {
        for (var skipped = 0; skipped <= 1; skipped++)
            foreach (var claim in _claims)
            {
                var start = first - skipped - claim.Count;
                if (start < 0 || !DenialReach.Follows(words, start, claim) || (start > 0 && words[start].Before == Pause.None && Questions.Contains(words[start - 1].Text))) continue;
                if (Enumerable.Range(start + 1, first - start).All(at => words[at].Before == Pause.None)) return true;
            }
        return false;
    }

    /// <summary>The names that directly follow the beginning of a look-up, also several joined by "and".</summary>
    private List<Stretch> LookedUp(List<SpokenWord> words, List<Stretch> names)
    {
        var found = new List<Stretch>();
        if (names.Count == 0) return found;
        for (var start = 0; start < words.Count; start++)
        {
            if (words[start].Before < Pause.Mark) continue;
            foreach (var beginning in _lookUps)
            {
                if (!DenialReach.Follows(words, start, beginning)) continue;
                var at = start + beginning.Count;
                var first = found.Count;
                while (at < words.Count && words[at].Before < (found.Count == first ? Pause.Comma : Pause.Mark))
                {
                    if (names.Exists(name => name.First == at))
                    {
                        var longest = names.Where(name => name.First == at).MaxBy(name => name.Count);
                        found.Add(longest);
                        at = longest.Last + 1;
                    }
                    else if (_joins.Contains(words[at].Text)) at++;
                    else break;
                }
            }
        }
        return found;
    }

    private static Stretch Place(List<SpokenWord> words, int start, int length)
    {
        var first = words.FindIndex(word => word.Start + word.Length > start);
        var last = words.FindLastIndex(word => word.Start < start + length);
        return new Stretch(Math.Max(0, first), Math.Max(0, last - first + 1));
    }

    /// <summary>"Fever? No." and "itching: none".</summary>
    private bool IsAnsweredNo(List<SpokenWord> words, int next)
    {
        if (next >= words.Count || words[next].Before != Pause.Mark || !_replies.IsNo(words[next])) return false;
        return next == words.Count - 1 || words[next + 1].Before != Pause.None;
    }
}
