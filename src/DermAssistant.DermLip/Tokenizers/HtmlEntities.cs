using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DermAssistant.DermLip;

/// <summary>Character references as the HTML standard reads them: names without semicolon, longest known prefix, windows-1252 numbers.</summary>
/// <remarks><see cref="System.Net.WebUtility"/> reads fewer.</remarks>
internal static partial class HtmlEntities
{
    private static readonly Lazy<Dictionary<string, string>> Names = new(() =>
        EmbeddedTable.Rows("html-entities.txt").ToDictionary(row => row[0], row => EmbeddedTable.Spell(row.Skip(1)), StringComparer.Ordinal));

    /// <summary>What windows-1252 has at 0x80 to 0x9F; a zero where it has nothing.</summary>
    private static readonly int[] Windows1252 =
    [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    ];

    [GeneratedRegex(@"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")]
    private static partial Regex Reference();

    [GeneratedRegex("&#?[0-9A-Za-z]{1,24};")]
    private static partial Regex StrictReference();

    /// <summary>Resolves every reference of a text once.</summary>
    public static string Unescape(string text) => text.Contains('&') ? Reference().Replace(text, match => Resolve(match.Value)) : text;

    /// <summary>Resolves only references that end in a semicolon and are certain; capitalised names become capitals where HTML has none.</summary>
    public static string UnescapeCertain(string text) =>
        text.Contains('&') ? StrictReference().Replace(text, match => ResolveCertain(match.Value)) : text;

    /// <summary>The character windows-1252 has for a C1 control character, or the control character itself.</summary>
    public static char OfWindows1252(char control) => Windows1252[control - 0x80] is var point and > 0 ? (char)point : control;

    private static string ResolveCertain(string reference)
    {
        if (reference[1] == '#') return Resolve(reference) is var resolved && resolved.Contains(';') ? reference : resolved;
        var name = reference[1..];
        if (Names.Value.TryGetValue(name, out var text)) return text;
        var lower = name.ToLowerInvariant();
        return !name.Any(char.IsAsciiLetterLower) && Unescape(reference) == reference && Names.Value.TryGetValue(lower, out text)
            ? text.ToUpperInvariant()
            : reference;
    }

    private static string Resolve(string reference)
    {
        var name = reference[1..];
        if (name[0] == '#') return Number(name.TrimEnd(';')[1..]);
        if (Names.Value.TryGetValue(name, out var text)) return text;
        for (var length = name.Length - 1; length > 1; length--)
            if (Names.Value.TryGetValue(name[..length], out text))
                return text + name[length..];
        return reference;
    }

    private static string Number(string digits)
    {
        var isHex = digits[0] is 'x' or 'X';
        var parsed = int.TryParse(isHex ? digits[1..] : digits, isHex ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture, out var point);
        if (!parsed || point is 0 or (>= 0xD800 and <= 0xDFFF) or > 0x10FFFF or < 0) return "\uFFFD";
        if (point is >= 0x80 and <= 0x9F) return OfWindows1252((char)point).ToString();
        var dropped = point is (>= 1 and <= 8) or 0xB or (>= 0xE and <= 0x1F) or 0x7F or (>= 0xFDD0 and <= 0xFDEF) || (point & 0xFFFE) == 0xFFFE;
        return dropped ? "" : new Rune(point).ToString();
    }
}
