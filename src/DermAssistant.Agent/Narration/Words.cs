using System.Globalization;
using System.Text.RegularExpressions;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>How values are written for people; the grounding check reads the same forms back.</summary>
internal static partial class Words
{
    /// <summary>A probability as a whole percentage; the ends are said to be beyond 99 % or below 1 %, never 100 or 0.</summary>
    public static string Percent(double probability) => probability switch
    {
        >= 0.995 => "over 99%",
        < 0.005 => "under 1%",
        _ => Math.Round(probability * 100, MidpointRounding.AwayFromZero).ToString("0", CultureInfo.InvariantCulture) + "%",
    };

    /// <summary>A score or similarity with two decimals.</summary>
    public static string Score(double value) => Math.Round(value, 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A measurement with its unit, at the precision that its size deserves.</summary>
    public static string Measured(double value, string unit) => unit switch
    {
        "count" => value.ToString("0", CultureInfo.InvariantCulture),
        "degrees" or "°" => value.ToString("0.0", CultureInfo.InvariantCulture) + "°",
        "ratio" or "" => Score(value),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture) + " " + unit,
    };

    public static string Of(Urgency urgency) => urgency switch
    {
        Urgency.SelfCare => "self-care",
        _ => urgency.ToString().ToLowerInvariant(),
    };

    public static string Of(NodeLevel level) => level.ToString().ToLowerInvariant();

    /// <summary>"InSitu" reads "in situ".</summary>
    public static string Of(ConditionFlag flag) => Capital().Replace(flag.ToString(), m => (m.Index == 0 ? "" : " ") + m.Value.ToLowerInvariant());

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string List(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => string.Join(", ", items.Take(items.Count - 1)) + " and " + items[^1],
    };

    /// <summary>A sentence as the second half of another: small first letter, no full stop.</summary>
    public static string Tail(string sentence) => sentence.Length == 0 ? sentence : char.ToLowerInvariant(sentence[0]) + sentence[1..].TrimEnd('.');

    /// <summary>A whole sentence said of one of several photos.</summary>
    public static string Of(int photo, string sentence) =>
        $"In photo {photo}, {(sentence.Length > 1 && char.IsLower(sentence[1]) ? char.ToLowerInvariant(sentence[0]) + sentence[1..] : sentence)}";

    /// <summary>A name at the head of a sentence.</summary>
    public static string Head(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    [GeneratedRegex("[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex Capital();
}
