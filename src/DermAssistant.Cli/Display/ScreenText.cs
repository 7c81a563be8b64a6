using System.Globalization;
using System.Text;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary>Texts from users, files and models made safe and readable for a terminal.</summary>
internal static class ScreenText
{
    /// <summary>The text without characters that would steer the terminal or hide what is written; a tab becomes a space.</summary>
    public static string Safe(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var character in text) safe.Append(character == '\t' ? ' ' : Steers(character) ? '\uFFFD' : character);
        return safe.ToString();
    }

    /// <summary>The safe text with what the markup would take for tags escaped.</summary>
    public static string Escaped(string text) => Markup.Escape(Safe(text));

    /// <summary>A probability of 0..1 in whole percent, never rounded to certainty.</summary>
    public static string Percent(double probability) => probability switch
    {
        double.NaN => "n/a",
        > 0 and < 0.005 => "<1 %",
        >= 0.995 and < 1 => ">99 %",
        _ => $"{Math.Round(probability * 100):0} %",
    };

    /// <summary>A number with as many digits as people read.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    /// <summary>The name of an enumeration's value in words: <c>SelfCare</c> is "self care".</summary>
    public static string Words<T>(T value) where T : struct, Enum
    {
        var words = new StringBuilder();
        foreach (var letter in value.ToString())
        {
            if (char.IsUpper(letter) && words.Length > 0) words.Append(' ');
            words.Append(char.ToLowerInvariant(letter));
        }
        return words.ToString();
    }

    // Control characters but the line feed, and those that turn the direction of writing.
    private static bool Steers(char character) =>
        (char.IsControl(character) && character != '\n') || character is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}
