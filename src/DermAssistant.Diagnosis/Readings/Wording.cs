using System.Globalization;

namespace DermAssistant.Diagnosis;

/// <summary>How numbers are written in sentences, the same everywhere.</summary>
internal static class Wording
{
    /// <summary>Percent with one decimal; never "100.0 %" or "0.0 %" for what only rounds to it.</summary>
    public static string Percent(double value)
    {
        var rounded = Math.Round(value * 100, 1, MidpointRounding.AwayFromZero);
        if (rounded >= 100 && value < 1) return "more than 99.9 %";
        return rounded <= 0 && value > 0 ? "less than 0.1 %" : rounded.ToString("0.0", CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>A number with at most three significant decimals.</summary>
    public static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string List(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => string.Join(", ", items.Take(items.Count - 1)) + " and " + items[^1],
    };

    /// <summary>The word for an enum value inside a sentence or JSON: its name with a small first letter.</summary>
    public static string CamelCase<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
