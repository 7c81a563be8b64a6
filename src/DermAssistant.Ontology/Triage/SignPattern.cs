using System.Globalization;

namespace DermAssistant.Ontology;

/// <summary>One place in a phrase: a word out of several, or a number within bounds.</summary>
internal readonly record struct Slot(IReadOnlyList<string> Words, double Least, double Most)
{
    public bool IsNumber => Words.Count == 0;

    public bool Holds(SpokenWord word) => IsNumber ? word.Number >= Least && word.Number <= Most : Words.Contains(word.Text);
}

/// <summary>A phrase of a sign: parts of words that follow each other, the parts near each other in any order.</summary>
/// <remarks>
/// Written as words; <c>a|b</c> is one of several words, <c>{name}</c> one of a group, <c>5..</c> and <c>38..43</c> a number within
/// bounds, and <c>+</c> separates parts.
/// </remarks>
internal static class SignPattern
{
    /// <summary>The parts of a phrase.</summary>
    /// <exception cref="FormatException">It names a group that does not exist or holds an empty part; the message says which.</exception>
    public static IReadOnlyList<IReadOnlyList<Slot>> Parse(string phrase, IReadOnlyDictionary<string, IReadOnlyList<string>> groups)
    {
        var parts = new List<IReadOnlyList<Slot>>();
        foreach (var part in phrase.Split('+', StringSplitOptions.TrimEntries))
        {
            var slots = new List<Slot>();
            foreach (var token in part.Split(' ', StringSplitOptions.RemoveEmptyEntries)) AddSlots(token, groups, slots);
            if (slots.Count == 0) throw new FormatException($"the phrase '{phrase}' has an empty part");
            parts.Add(slots);
        }
        return parts;
    }

    private static void AddSlots(string token, IReadOnlyDictionary<string, IReadOnlyList<string>> groups, List<Slot> slots)
    {
        if (Bounds(token) is { } bounds)
        {
            slots.Add(new Slot([], bounds.Least, bounds.Most));
            return;
        }
        if (!token.Contains('|', StringComparison.Ordinal) && token[0] != '{')
        {
            // "non-blanching" and "doesn't" are several words.
            slots.AddRange(SpokenWords.OfPhrase(token).Select(word => new Slot([word], 0, 0)));
            return;
        }
        var words = new List<string>();
        foreach (var alternative in token.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            if (alternative is not ['{', .. var name, '}']) words.AddRange(Single(alternative));
            else if (groups.TryGetValue(name, out var group)) words.AddRange(group.SelectMany(Single));
            else throw new FormatException($"the group '{name}' does not exist");
        }
        slots.Add(new Slot([.. words.Distinct()], 0, 0));
    }

    private static IReadOnlyList<string> Single(string word) => SpokenWords.OfPhrase(word) is [var one]
        ? [one]
        : throw new FormatException($"'{word}' is not one word");

    private static (double Least, double Most)? Bounds(string token)
    {
        var dots = token.IndexOf("..", StringComparison.Ordinal);
        if (dots < 1 || !double.TryParse(token.AsSpan(0, dots), CultureInfo.InvariantCulture, out var least)) return null;
        if (dots + 2 == token.Length) return (least, double.PositiveInfinity);
        return double.TryParse(token.AsSpan(dots + 2), CultureInfo.InvariantCulture, out var most) ? (least, most) : null;
    }
}
