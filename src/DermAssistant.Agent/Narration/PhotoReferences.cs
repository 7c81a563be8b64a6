using System.Text.RegularExpressions;

namespace DermAssistant.Agent;

/// <summary>Which photos a question speaks of.</summary>
/// <param name="Numbers">Those named by number or as the first, second and so on; they need not exist.</param>
/// <param name="Last">Whether the newest one is meant.</param>
/// <param name="Previous">Whether the one before is meant.</param>
internal sealed partial record PhotoReferences(IReadOnlyList<int> Numbers, bool Last, bool Previous)
{
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];

    public bool Any => Numbers.Count > 0 || Last || Previous;

    /// <summary>Reads a question.</summary>
    public static PhotoReferences In(string question)
    {
        var compares = Compares(question);
        var numbers = StatedNumber.PhotosIn(question).ToList();
        var (last, previous) = (false, false);
        foreach (Match match in Reference().Matches(question))
        {
            // "the first one" may be a condition, unless photos are compared.
            if (match.Groups["one"].Success && !compares) continue;
            var place = match.Groups["place"].Value.ToLowerInvariant();
            if (Array.FindIndex(Ordinals, ordinal => ordinal == place) is var at and >= 0) numbers.Add(at + 1);
            else if (place is "1st" or "2nd" or "3rd" or "4th" or "5th") numbers.Add(place[0] - '0');
            else if (place is "original" or "initial" or "earliest") numbers.Add(1);
            else if (place is "previous" or "earlier" or "prior" or "other") previous = true;
            else last = true;
        }

        return new([.. numbers.Distinct()], last, previous);
    }

    /// <summary>Whether a question sets things side by side or asks what changed.</summary>
    public static bool Compares(string question) => Comparison().IsMatch(question);

    /// <summary>The numbers of the photos that are meant.</summary>
    /// <param name="known">The numbers there are.</param>
    /// <param name="current">The photo meant when none is named, or null.</param>
    public IReadOnlyList<int> Resolve(IReadOnlyCollection<int> known, int? current)
    {
        var found = Numbers.Where(known.Contains).ToList();
        if (known.Count > 0 && Last) found.Add(known.Max());
        if (Previous && Before(known, current ?? 0) is { } before) found.Add(before);
        return [.. found.Distinct()];
    }

    /// <summary>The photo before another, or null for the first.</summary>
    public static int? Before(IReadOnlyCollection<int> known, int number) => known.Where(other => other < number).Select(other => (int?)other).Max();

    [GeneratedRegex(
        @"\b(?<place>first|second|third|fourth|fifth|sixth|seventh|eighth|1st|2nd|3rd|4th|5th|original|initial|earliest|previous|earlier|prior|other|last|latest|newest|(?:most\s+)?recent)\s+(?:(?:photo|picture|image|pic|shot)s?|(?<one>one))\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\b(?:compare[ds]?|comparing|comparison|differen(?:t|ce|ces)|differs?|change[ds]?|changing|evol(?:ve|ved|ution)|versus|vs|same\s+as|since)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Comparison();
}
