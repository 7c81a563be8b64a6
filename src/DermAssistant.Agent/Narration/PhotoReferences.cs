using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>Whether a question speaks of several photos without naming them.</summary>
internal enum PhotoPlural
{
    None,

    /// <summary>"they", "these": those last spoken of.</summary>
    These,

    /// <summary>"both", "either", "all": every one.</summary>
    All,
}

/// <summary>Which photos a question speaks of, in words; <see cref="MeantPhotos"/> says which those are.</summary>
/// <param name="Numbers">Those named by number; they need not exist.</param>
/// <param name="Ordinals">Those named as the first, second and so on; they need not exist.</param>
/// <param name="Newest">How many of the newest are meant, 0 for none.</param>
/// <param name="Previous">Whether the one before is meant.</param>
/// <param name="Other">Whether the other one is meant.</param>
/// <param name="Others">Whether all the others are meant.</param>
/// <param name="Plural">Whether several are meant that are not named.</param>
/// <param name="Count">How many photos the words say there are ("both photos", "the three pictures"), 0 where they do not.</param>
internal sealed partial record PhotoReferences(
    IReadOnlyList<int> Numbers, IReadOnlyList<int> Ordinals, int Newest, bool Previous, bool Other, bool Others, PhotoPlural Plural, int Count)
{
    private const string Nouns = "photo|photograph|picture|image|pic|shot";
    private const string Lesions = "mole|spot|lesion";
    private const string Number = @"(?<n>(?>\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten)(?!\w)(?![.,]\d)(?!\s*(?:%|mm|cm|days?|weeks?|months?|years?|hours?|minutes?|times)\b))";
    private const string Joint = @"\s*(?:,\s*(?:and\b|or\b)?|&|\b(?:and|or|to|vs\.?|versus|with|than|from)(?!\w))\s*(?:the\s+)?";

    private static readonly string[] Places = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    private static readonly string[] Counts = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    private IReadOnlyList<Range> Spans { get; init; } = [];

    /// <summary>Whether particular photos are named.</summary>
    public bool Named => Numbers.Count > 0 || Ordinals.Count > 0 || Newest > 0 || Previous || Other || Others;

    /// <summary>Reads a question.</summary>
    /// <param name="mentions">The conditions named in it: "is the second melanoma?" speaks of a photo.</param>
    public static PhotoReferences In(string question, IReadOnlyList<Mention> mentions)
    {
        var spans = new List<Range>();
        var numbers = NumbersIn(question, spans);
        var (ordinals, newest, previous, other, others) = (new List<int>(), 0, false, false, false);
        foreach (var match in Accepted(question, mentions))
        {
            spans.Add(match.Index..(match.Index + match.Length));
            var place = match.Groups["place"].Value.ToLowerInvariant();
            var count = match.Groups["count"].Success ? Value(match.Groups["count"].Value) : 1;
            var plural = match.Groups["count"].Success || match.Groups["many"].Success;
            if (OrdinalOf(place) is > 0 and var at) ordinals.AddRange(Enumerable.Range(at, at == 1 ? count : 1));
            else if (place is "previous" or "earlier" or "prior" or "older") previous = true;
            else if (place is "others") others = true;
            else if (place is "other") (other, others) = (other || !plural, others || plural);
            else newest = Math.Max(newest, count);
        }

        var sized = Sized().Match(question);
        var size = !sized.Success ? 0 : sized.Groups["n"].Success ? Value(sized.Groups["n"].Value) : 2;
        var many = size > 1 || All().IsMatch(question) ? PhotoPlural.All : These().IsMatch(question) ? PhotoPlural.These : PhotoPlural.None;
        return new([.. numbers.Distinct()], [.. ordinals.Distinct()], newest, previous, other, others, many, size > 1 ? size : 0) { Spans = spans };
    }

    /// <summary>The question with "it" where a photo is named, so that what is asked can be told from what it is asked of.</summary>
    public string Mask(string question)
    {
        var masked = new StringBuilder();
        var at = 0;
        foreach (var span in Spans.OrderBy(span => span.Start.Value))
        {
            if (span.Start.Value < at) continue;
            masked.Append(question, at, span.Start.Value - at).Append("it");
            at = span.End.Value;
        }

        return masked.Append(question, at, question.Length - at).ToString();
    }

    /// <summary>The question with "it" for "both of them", "they" and the like too.</summary>
    public static string MaskPlural(string question) => Plurals().Replace(question, "it");

    /// <summary>Whether a question sets things side by side or asks what changed.</summary>
    public static bool Compares(string question) => Comparison().IsMatch(question);

    private static List<int> NumbersIn(string question, List<Range> spans)
    {
        var numbers = new List<int>();
        foreach (Match match in Numbered().Matches(question).Concat(Bare().Matches(question)))
        {
            var named = match.Groups["n"].Captures.Select(capture => (capture.Index, Value: Value(capture.Value))).ToList();
            if (spans.Any(span => match.Index < span.End.Value && match.Index + match.Length > span.Start.Value)) continue;
            numbers.AddRange(match.Groups["to"].Success && named is [var from, var to] && from.Value < to.Value && to.Value - from.Value < 100
                ? Enumerable.Range(from.Value, to.Value - from.Value + 1)
                : named.Select(n => n.Value));
            // "compare 1 and 2": the verb stays.
            var start = match.Groups["noun"].Success ? match.Index : named[0].Index;
            spans.Add(start..(match.Index + match.Length));
        }

        return numbers;
    }

    // From the last to the first: "the first" of "the first and second photo" stands for a photo because "second" does.
    private static List<Match> Accepted(string question, IReadOnlyList<Mention> mentions)
    {
        var accepted = new List<Match>();
        foreach (Match match in Ordinal().Matches(question).Reverse())
            if (IsPhoto(match, question, mentions, accepted)) accepted.Add(match);
        accepted.Reverse();
        return accepted;
    }

    private static bool IsPhoto(Match match, string question, IReadOnlyList<Mention> mentions, List<Match> later)
    {
        var end = match.Index + match.Length;
        if (later.Count > 0 && later[^1].Index >= end && Between().IsMatch(question[end..later[^1].Index])) return true;
        var definite = match.Groups["the"].Success;
        var ordinal = OrdinalOf(match.Groups["place"].Value.ToLowerInvariant()) > 0;
        if (match.Groups["photo"].Success) return true;
        // "my other moles" are not in the photos.
        if (match.Groups["lesion"].Success) return definite && !match.Groups["many"].Success;
        if (match.Groups["one"].Success) return definite || ordinal;
        return definite && (Follows().IsMatch(question[end..]) || mentions.Any(m => m.Start >= end && string.IsNullOrWhiteSpace(question[end..m.Start])));
    }

    private static int OrdinalOf(string place) =>
        place is "original" or "initial" or "earliest" or "oldest" ? 1
        : char.IsAsciiDigit(place[0]) ? int.Parse(place.AsSpan(0, place.Length - 2), CultureInfo.InvariantCulture)
        : Array.IndexOf(Places, place) + 1;

    private static int Value(string number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var digits) ? digits : Array.IndexOf(Counts, number.ToLowerInvariant()) + 1;

    [GeneratedRegex(
        $@"\b(?<noun>(?:{Nouns}|{Lesions})s?)\s*(?:no\.?\s*|number\s+|nr\.?\s*|\#\s*)?{Number}(?:(?:\s*(?:-|–|\bthrough\b|(?<=s\s.{{0,12}})\bto\b)(?<to>)\s*|{Joint})(?:(?:{Nouns})s?\s+)?{Number})*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();

    // "compare 1 and 2", "and 3?"
    [GeneratedRegex(@"(?:\b(?:compare|between)\s+|^\s*(?:and|what about|how about)\s+)(?<n>\d{1,2})(?:\s*(?:,|\b(?:and|or|to|vs\.?|versus|with)(?!\w))\s*(?<n>\d{1,2}))*\s*(?=\?|!|\.?\s*$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bare();

    [GeneratedRegex(
        $@"\b(?:(?<the>the|my|your|our)\s+)?(?<!\b(?:a|an|another|some|any)\s)(?<place>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|1st|2nd|3rd|\d{{1,2}}th|original|initial|earliest|oldest|previous|earlier|prior|older|others?|last|latest|newest|newer|(?:most\s+)?recent)(?:\s+(?<count>two|three|four|five|six|seven|eight|[2-8]))?(?:\s+(?:(?<photo>(?:{Nouns})(?<many>s)?)|(?<lesion>(?:{Lesions})(?<many>s)?)|(?<one>one(?<many>s)?)))?(?!\w)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ordinal();

    [GeneratedRegex($@"^{Joint}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Between();

    // What may follow "the second" where it stands for a photo; "the second opinion" does not.
    [GeneratedRegex(
        @"^(?:\s*(?:$|[?.!,;:)])|\s+(?:(?:is|isn't|was|are|were|be|looks?|looked|has|have|had|seems?|needs?|shows?|too|also|instead|please|now|again|then|as\s+well|urgent\w*|cancer\w*|malignant|benign|dangerous|serious|harmless|worrying|bad|worse|better|sharp|blurry|blurred|good|fine|ok|okay|bigger|larger|different|an?|any)\b|more\s+(?:dangerous|urgent|serious|worrying)\b|of\s+(?:them|these|those|the\s+(?:two|three|four|photos|pictures|images|moles|spots|lesions))\b))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Follows();

    [GeneratedRegex($@"\b(?:both|(?<n>two|three|four|five|six|seven|eight|[2-8]))\s+(?:of\s+(?:the|these|my)\s+)?(?:{Nouns})s\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Sized();

    [GeneratedRegex(
        $@"\b(?:both|either|neither|each|every\s+one|(?<!\b(?:at|of)\s)all(?!\s+(?:right|over|day|night|the\s+time))|any\s+of|one\s+of\s+(?:them|these|those|the)|which\s+(?:one|of|photo|picture|image|mole|spot|lesion)|the\s+(?:two|three|four|five|six|seven|eight|[2-8])(?=\s*(?:$|[?.!,;]|(?:{Nouns}|{Lesions}|one)s\b|\s(?:is|are|look|be|have|need|should|must)\b)))\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex All();

    [GeneratedRegex($@"\b(?:they|them|these|those|(?:the|my|our)\s+(?:\w+\s+)?(?:{Nouns}|{Lesions})s)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex These();

    [GeneratedRegex(
        $@"\b(?:(?:both|either|neither|each|all|any|one|which)\s+(?:of\s+)?)?(?:them|they|these|those|(?:the|my|our)\s+(?:(?:two|three|four|five|[2-8])(?:\s+(?:{Nouns}|{Lesions}|one)s)?|(?:{Nouns}|{Lesions})s))\b|\b(?:both|all|either|each|neither)(?:\s+(?:{Nouns}|{Lesions}|one)s?)?\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Plurals();

    [GeneratedRegex(@"\b(?:compare[ds]?|comparing|comparison|differen(?:t|ce|ces)|differs?|change[ds]?|changing|evol(?:ve|ved|ution)|versus|vs|same\s+as|since)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Comparison();
}
