using System.Globalization;
using System.Text.RegularExpressions;

namespace DermAssistant.Agent;

/// <summary>Whether a number is meant as it stands or as a bound.</summary>
internal enum Bound
{
    Exact,
    Over,
    Under,
}

/// <summary>A number as a sentence states it.</summary>
/// <param name="Value">As written; 62 for "62%".</param>
/// <param name="Decimals">How many decimals were written: the precision that is claimed.</param>
internal sealed partial record StatedNumber(int Start, int Length, double Value, int Decimals, bool Percent, Bound Bound)
{
    private static readonly string[] Words =
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    /// <summary>The numbers in a sentence, except those of photo references and inside names such as HAM10000.</summary>
    public static IReadOnlyList<StatedNumber> In(string sentence)
    {
        var found = new List<StatedNumber>();
        foreach (Match match in Digits().Matches(sentence))
        {
            var digits = match.Groups["number"].Value.Replace(",", "", StringComparison.Ordinal).Replace('−', '-');
            var point = digits.IndexOf('.', StringComparison.Ordinal);
            found.Add(new(
                match.Index,
                match.Length,
                double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture),
                point < 0 ? 0 : digits.Length - point - 1,
                match.Groups["percent"].Success,
                BoundOf(match.Groups["bound"].Value)));
        }

        foreach (Match match in Spelled().Matches(sentence))
            found.Add(new(match.Index, match.Length, Array.IndexOf(Words, match.Value.ToLowerInvariant()) + 2, 0, match.Groups["percent"].Success, Bound.Exact));
        foreach (Match match in Fractions().Matches(sentence))
            found.Add(new(match.Index, match.Length, FractionOf(match.Groups["fraction"].Value), 0, true, Bound.Exact));
        return found;
    }

    /// <summary>The photo numbers a sentence refers to ("photo 2", "photos 1 and 2").</summary>
    public static IReadOnlyList<int> PhotosIn(string sentence) =>
        [.. PhotoReference().Matches(sentence).SelectMany(m => m.Groups["n"].Captures).Select(c => int.TryParse(c.Value, out var n) ? n : int.MaxValue)];

    /// <summary>Whether the number states <paramref name="value"/> at the precision it is written with.</summary>
    public bool States(double value, bool valueIsPercent = false)
    {
        var scaled = Percent && !valueIsPercent ? value * 100 : value;
        var tolerance = 0.5 * Math.Pow(10, -Decimals) + 1e-9;
        return Bound switch
        {
            // A bound has to be near as well as true: "over 1%" of a value of 62% would mislead.
            Bound.Over => scaled > Value - 1e-9 && scaled - Value <= 5,
            Bound.Under => scaled < Value + 1e-9 && Value - scaled <= 5,
            // Small whole numbers are counts and must be met exactly; elsewhere the last digit is rounded.
            _ when !Percent && Decimals == 0 && Math.Abs(Value) < 10 => Math.Abs(scaled - Value) < 1e-6,
            _ => Math.Abs(scaled - Value) <= tolerance,
        };
    }

    private static Bound BoundOf(string word) => word.ToLowerInvariant() switch
    {
        "" => Bound.Exact,
        "over" or "more than" or "above" or "at least" => Bound.Over,
        _ => Bound.Under,
    };

    private static double FractionOf(string word) => word.ToLowerInvariant() switch
    {
        "half" => 50,
        "quarter" => 25,
        "third" => 33,
        _ => 67,
    };

    [GeneratedRegex(
        @"(?<!\b(?:photos?|image|picture)\s)(?<!\bphotos\s\d{1,4}(?:,\s\d{1,4})*(?:,|\sand|\sto)\s)(?:\b(?<bound>over|more than|above|at least|under|less than|below|at most)\s+)?(?<![\w.])(?<number>[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?:\s*(?<percent>%|per\s?cent\b))?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"(?<!\bthe\s)(?<!\bof\s)(?<!-)\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?!-)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Spelled();

    [GeneratedRegex(@"\b(?:a|one|two)\s+(?<fraction>half|quarter|third|thirds)\b|\b(?<fraction>half)\s+(?:of|the)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Fractions();

    [GeneratedRegex(@"\b(?:photo|photos|image|picture)\s+(?<n>\d{1,4})(?:(?:,|\s+and|\s+to)\s+(?<n>\d{1,4}))*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PhotoReference();
}
