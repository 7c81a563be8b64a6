namespace DermAssistant.Imaging.Gate;

/// <summary>Names of uploaded files as they may be shown.</summary>
internal static class FileLabel
{
    private const int Longest = 120;

    /// <summary>The last part of a path of any system.</summary>
    public static string Of(string fileName) => Printable(fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..]);

    /// <summary>Without control characters, and not longer than people read; the end, which holds the extension, is kept.</summary>
    public static string Printable(string text)
    {
        if (text.Length > Longest) text = "..." + text[^(Longest - 3)..];
        return text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)) : text;
    }
}
