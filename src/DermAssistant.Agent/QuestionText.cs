using System.Globalization;
using System.Text;

namespace DermAssistant.Agent;

/// <summary>The words of a question, made safe to handle.</summary>
internal static class QuestionText
{
    /// <summary>The question without control and invisible formatting characters, trimmed; line breaks and tabs become spaces.</summary>
    /// <exception cref="QuestionException">It is longer than <paramref name="longest"/> characters.</exception>
    public static string Clean(string? text, int longest)
    {
        if (text is null) return "";
        if (text.Length > longest)
        {
            throw new QuestionException(
                string.Create(CultureInfo.InvariantCulture, $"The question has {text.Length:N0} characters; at most {longest:N0} are taken."),
                "Ask in fewer words; long documents cannot be read here.");
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\t') clean.Append(' ');
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse)) clean.Append(rune.ToString());
        }

        return clean.ToString().Trim();
    }
}
