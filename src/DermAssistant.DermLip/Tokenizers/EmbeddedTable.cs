using System.Globalization;
using System.Text;

namespace DermAssistant.DermLip;

/// <summary>Reads the tables of characters that are embedded in this assembly.</summary>
internal static class EmbeddedTable
{
    /// <summary>The lines of a table, cut at spaces, without comments.</summary>
    public static IEnumerable<string[]> Rows(string name)
    {
        using var stream = typeof(EmbeddedTable).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The table {name} is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#'))
                yield return line.Split(' ');
    }

    public static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>The text that hexadecimal code points spell.</summary>
    public static string Spell(IEnumerable<string> codePoints) => string.Concat(codePoints.Select(digits => char.ConvertFromUtf32(Hex(digits))));
}
