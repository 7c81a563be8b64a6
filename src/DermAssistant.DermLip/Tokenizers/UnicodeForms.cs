using System.Text;

namespace DermAssistant.DermLip;

/// <summary>Unicode normalisation forms C and D.</summary>
/// <remarks>The product runs without ICU, where <see cref="string.Normalize()"/> returns its input; so the forms are computed here
/// from the Unicode Character Database (Unicode Standard Annex 15; Hangul by section 3.12 of the standard).</remarks>
internal static class UnicodeForms
{
    private const int SBase = 0xAC00, LBase = 0x1100, VBase = 0x1161, TBase = 0x11A7;
    private const int LCount = 19, VCount = 21, TCount = 28;

    private static readonly Lazy<Tables> Data = new(Tables.Load);

    private sealed record Tables(
        Dictionary<int, int[]> Decompositions, Dictionary<(int, int), int> Compositions, Dictionary<int, byte> Classes, Dictionary<int, string> Widths)
    {
        public static Tables Load()
        {
            var tables = new Tables([], [], [], []);
            var excluded = new HashSet<int>();
            foreach (var row in EmbeddedTable.Rows("unicode-normalization.txt"))
                switch (row[0])
                {
                    case "D":
                        tables.Decompositions[EmbeddedTable.Hex(row[1])] = [.. row.Skip(2).Select(EmbeddedTable.Hex)];
                        break;
                    case "X":
                        excluded.Add(EmbeddedTable.Hex(row[1]));
                        break;
                    case "C":
                        for (var c = EmbeddedTable.Hex(row[2]); c <= EmbeddedTable.Hex(row[3]); c++)
                            tables.Classes[c] = byte.Parse(row[1]);
                        break;
                    default:
                        tables.Widths[EmbeddedTable.Hex(row[1])] = EmbeddedTable.Spell(row.Skip(2));
                        break;
                }

            foreach (var (composite, parts) in tables.Decompositions)
                if (parts.Length == 2 && !excluded.Contains(composite))
                    tables.Compositions[(parts[0], parts[1])] = composite;
            return tables;
        }
    }

    /// <summary>The usual form of a half- or full-width character, or null.</summary>
    public static string? UsualWidth(Rune rune) => rune.Value == 0x3000 ? " " : Data.Value.Widths.GetValueOrDefault(rune.Value);

    /// <summary>Form C: composed.</summary>
    public static string Compose(string text)
    {
        if (IsPlain(text)) return text;
        var points = Decomposed(text);
        var result = new List<int>(points.Count);
        var starter = -1;
        var lastClass = -1; // of the last character kept after the starter; -1 when none was
        foreach (var (point, combining) in points)
        {
            if (starter >= 0 && lastClass < combining && Composite(result[starter], point) is { } composite)
            {
                result[starter] = composite;
                continue;
            }

            if (combining == 0) starter = result.Count;
            lastClass = combining == 0 ? -1 : combining;
            result.Add(point);
        }

        return Spell(result);
    }

    /// <summary>Form D: decomposed.</summary>
    public static string Decompose(string text) => IsPlain(text) ? text : Spell(Decomposed(text).Select(item => item.Point));

    /// <summary>Nothing below U+00C0 decomposes or combines.</summary>
    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange('\0', '\u00BF');

    private static List<(int Point, byte Class)> Decomposed(string text)
    {
        var points = new List<(int Point, byte Class)>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Expand(rune.Value, points);

        // The canonical order: marks between two starters sorted by class, stably.
        for (var start = 0; start < points.Count; start++)
        {
            var end = start;
            while (end < points.Count && points[end].Class != 0) end++;
            if (end - start < 2) continue;
            var sorted = points.GetRange(start, end - start).OrderBy(item => item.Class).ToList();
            for (var i = start; i < end; i++) points[i] = sorted[i - start];
            start = end;
        }

        return points;
    }

    private static void Expand(int point, List<(int, byte)> points)
    {
        var syllable = point - SBase;
        if (syllable is >= 0 and < LCount * VCount * TCount)
        {
            points.Add((LBase + syllable / (VCount * TCount), 0));
            points.Add((VBase + syllable % (VCount * TCount) / TCount, 0));
            if (syllable % TCount != 0) points.Add((TBase + syllable % TCount, 0));
        }
        else if (Data.Value.Decompositions.TryGetValue(point, out var parts))
        {
            foreach (var part in parts) Expand(part, points);
        }
        else
        {
            points.Add((point, Data.Value.Classes.GetValueOrDefault(point)));
        }
    }

    private static int? Composite(int first, int second)
    {
        if (first - LBase is >= 0 and < LCount && second - VBase is >= 0 and < VCount)
            return SBase + ((first - LBase) * VCount + second - VBase) * TCount;
        if (first - SBase is >= 0 and < LCount * VCount * TCount && (first - SBase) % TCount == 0 && second - TBase is > 0 and < TCount)
            return first + second - TBase;
        return Data.Value.Compositions.TryGetValue((first, second), out var composite) ? composite : null;
    }

    private static string Spell(IEnumerable<int> points)
    {
        var text = new StringBuilder();
        foreach (var point in points) text.Append(new Rune(point));
        return text.ToString();
    }
}
