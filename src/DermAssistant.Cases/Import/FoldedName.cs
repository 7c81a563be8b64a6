using System.Text;

namespace DermAssistant.Cases;

/// <summary>A file name without the differences that come from encoding it another way.</summary>
/// <remarks>
/// Archives packed on one system and unpacked on another turn composed letters into letter and accent, or back, and plain spaces and
/// quotation marks into typographic ones. The product runs without ICU, where <see cref="string.Normalize()"/> leaves everything but ASCII as it is;
/// hence this small table of the Latin letters (U+00C0 to U+017F) whose canonical decomposition begins with an ASCII letter.
/// </remarks>
internal static class FoldedName
{
    private const char First = '\u00C0';

    /// <summary>Base letter of each character from U+00C0 on; a character without one stands for itself.</summary>
    private const string BaseLetters =
        "AAAAAAÆCEEEEIIIIÐNOOOOO×ØUUUUYÞßaaaaaaæceeeeiiiiðnooooo÷øuuuuyþy" +
        "AaAaAaCcCcCcCcDdĐđEeEeEeEeEeGgGgGgGgHhĦħIiIiIiIiIıĲĳJjKkĸLlLlLlĿ" +
        "ŀŁłNnNnNnŉŊŋOoOoOoŒœRrRrRrSsSsSsSsTtTtŦŧUuUuUuUuUuUuWwYyYZzZzZzſ";

    public static string Of(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            switch (character)
            {
                case >= '\u0300' and <= '\u036F':
                    break;
                case '\u00A0' or '\u2007' or '\u202F':
                    folded.Append(' ');
                    break;
                case '\u2018' or '\u2019':
                    folded.Append('\'');
                    break;
                case '\u201C' or '\u201D':
                    folded.Append('"');
                    break;
                case >= First when character - First < BaseLetters.Length:
                    folded.Append(BaseLetters[character - First]);
                    break;
                default:
                    folded.Append(character);
                    break;
            }
        }
        return folded.ToString();
    }
}
