using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DermAssistant.DermLip;

/// <summary>The cleaning of open_clip's tokenizers: ftfy's repairs, HTML references twice, white space to single spaces.</summary>
/// <remarks>Of ftfy everything is here but the repair of mojibake (text decoded with the wrong character set), which is a
/// statistical guess; such text is read as it stands. White space and lower case are those of Python.</remarks>
internal static partial class TextCleaning
{
    /// <summary>A repair can make room for another; text that needs more rounds than this was made to take long.</summary>
    private const int MaxRounds = 32;

    private static readonly Dictionary<char, string> Ligatures = new()
    {
        ['\u0132'] = "IJ", ['\u0133'] = "ij", ['\u0149'] = "\u02BCn",
        ['\u01C4'] = "D\u017D", ['\u01C5'] = "D\u017E", ['\u01C6'] = "d\u017E",
        ['\u01C7'] = "LJ", ['\u01C8'] = "Lj", ['\u01C9'] = "lj", ['\u01CA'] = "NJ", ['\u01CB'] = "Nj", ['\u01CC'] = "nj",
        ['\u01F1'] = "DZ", ['\u01F2'] = "Dz", ['\u01F3'] = "dz",
        ['\uFB00'] = "ff", ['\uFB01'] = "fi", ['\uFB02'] = "fl", ['\uFB03'] = "ffi", ['\uFB04'] = "ffl", ['\uFB05'] = "\u017Ft", ['\uFB06'] = "st",
    };

    [GeneratedRegex(@"\x1B\[[0-9;]*[a-zA-Z]")]
    private static partial Regex TerminalEscape();

    /// <summary>Cleans without changing case, as for BERT.</summary>
    public static string Clean(string text) =>
        CollapseSpace(HtmlEntities.Unescape(HtmlEntities.Unescape(Repair(text))));

    /// <summary>Cleans and lowers, as for CLIP.</summary>
    public static string CleanAndLower(string text) => Lower(Clean(text));

    private static string Repair(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains('&')) return text;
        var repaired = new StringBuilder(text.Length);
        var unescape = true;
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is var newline and >= 0 ? newline + 1 : text.Length;
            var line = text[start..end];
            unescape &= !line.Contains('<');
            repaired.Append(RepairLine(line, unescape));
            start = end;
        }

        return repaired.ToString();
    }

    private static string RepairLine(string line, bool unescape)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var before = line;
            if (unescape) line = HtmlEntities.UnescapeCertain(line);
            line = string.Concat(line.EnumerateRunes().Select(RepairCharacter));
            line = line.Replace("\r\n", "\n").Replace('\r', '\n').Replace('\u2028', '\n').Replace('\u2029', '\n').Replace('\u0085', '\n');
            line = TerminalEscape().Replace(line, "");
            line = UnicodeForms.Compose(string.Concat(line.Where(c => !IsDropped(c))));
            if (line == before) break;
        }

        return line;
    }

    private static string RepairCharacter(Rune rune)
    {
        var c = rune.IsBmp ? (char)rune.Value : '\0';
        if (c is >= '\u0080' and <= '\u009F') return HtmlEntities.OfWindows1252(c).ToString();
        if (c is '\u02BC' or (>= '\u2018' and <= '\u201B')) return "'";
        if (c is >= '\u201C' and <= '\u201F') return "\"";
        return c != '\0' && Ligatures.TryGetValue(c, out var letters) ? letters : UnicodeForms.UsualWidth(rune) ?? rune.ToString();
    }

    private static bool IsDropped(char c) =>
        c is <= '\u0008' or '\u000B' or (>= '\u000E' and <= '\u001F') or '\u007F' or (>= '\u206A' and <= '\u206F') or '\uFEFF' or (>= '\uFFF9' and <= '\uFFFC');

    /// <summary>Joins what Python's <c>str.split()</c> gives with single spaces.</summary>
    public static string CollapseSpace(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
            if (!IsSpace(c))
                result.Append(c);
            else if (result.Length > 0 && result[^1] != ' ')
                result.Append(' ');
        return result.ToString().TrimEnd(' ');
    }

    /// <summary>Python counts the separators U+001C to U+001F as white space; .NET does not.</summary>
    private static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\u001C' and <= '\u001F';

    /// <summary>Lower case as Python gives it: full mapping of U+0130, final sigma.</summary>
    public static string Lower(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < runes.Length; i++)
            result.Append(runes[i].Value switch
            {
                0x130 => "i\u0307",
                0x3A3 => IsFinal(runes, i) ? "\u03C2" : "\u03C3",
                _ => Rune.ToLowerInvariant(runes[i]).ToString(),
            });
        return result.ToString();
    }

    /// <summary>A sigma is final after a letter and not before one, ignoring marks and apostrophes.</summary>
    private static bool IsFinal(Rune[] runes, int i)
    {
        var before = i - 1;
        while (before >= 0 && IsCaseIgnorable(runes[before])) before--;
        if (before < 0 || !IsCased(runes[before])) return false;
        var after = i + 1;
        while (after < runes.Length && IsCaseIgnorable(runes[after])) after++;
        return after == runes.Length || !IsCased(runes[after]);
    }

    private static bool IsCased(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    private static bool IsCaseIgnorable(Rune rune) => rune.Value is '\'' or '.' or ':' or '^' or '`' or 0xB7 or 0x2018 or 0x2019 or 0x2024 or 0x2027
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
}
