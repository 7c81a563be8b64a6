namespace DermAssistant.Channels.Teams;

/// <summary>Keeps texts within what Teams shows.</summary>
internal static class TeamsText
{
    /// <summary>At most <paramref name="most"/> characters, cut at a word where there is one, ending in "…" when cut.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most) return text;
        var kept = most - 1;
        var space = text.LastIndexOf(' ', kept);
        if (space > most / 2) kept = space;
        // Half of a character pair is no character.
        if (char.IsHighSurrogate(text[kept - 1])) kept--;
        return string.Concat(text.AsSpan(0, kept).TrimEnd(), "…");
    }

    /// <summary>A share of one as whole percent, never "0%" or "100%" for what only rounds to it.</summary>
    public static string Percent(double share) => share switch
    {
        > 0 and < 0.01 => "<1%",
        > 0.99 and < 1 => ">99%",
        _ => FormattableString.Invariant($"{Math.Round(share * 100, MidpointRounding.AwayFromZero):0}%"),
    };

    /// <summary>The first letter as a capital.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
