namespace DermAssistant.Ontology.Names;

/// <summary>How many slips of the pen separate two words.</summary>
internal static class EditDistance
{
    /// <summary>Insertions, deletions, substitutions and swaps of neighbours between two texts, or limit + 1 where there are more.</summary>
    /// <remarks>Optimal string alignment (Damerau 1964, restricted), kept to a band around the diagonal.</remarks>
    public static int Within(ReadOnlySpan<char> first, ReadOnlySpan<char> second, int limit)
    {
        if (Math.Abs(first.Length - second.Length) > limit) return limit + 1;
        var width = second.Length + 1;
        Span<int> rows = width * 3 <= 512 ? stackalloc int[width * 3] : new int[width * 3];
        var before = rows[..width];
        var previous = rows.Slice(width, width);
        var current = rows.Slice(width * 2, width);
        for (var j = 0; j < width; j++) previous[j] = j;
        for (var i = 1; i <= first.Length; i++)
        {
            var from = Math.Max(1, i - limit);
            var to = Math.Min(second.Length, i + limit);
            current[0] = i;
            if (from > 1) current[from - 1] = limit + 1;
            var best = from == 1 ? i : limit + 1;
            for (var j = from; j <= to; j++)
            {
                var cost = first[i - 1] == second[j - 1] ? 0 : 1;
                var above = j == i + limit ? limit + 1 : previous[j] + 1;
                var value = Math.Min(Math.Min(above, current[j - 1] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1])
                    value = Math.Min(value, before[j - 2] + 1);
                current[j] = value;
                best = Math.Min(best, value);
            }
            if (best > limit) return limit + 1;
            var spare = before;
            before = previous;
            previous = current;
            current = spare;
        }
        return Math.Min(previous[second.Length], limit + 1);
    }

    /// <summary>The slips forgiven in a text of this length.</summary>
    public static int Allowed(int length) => length switch
    {
        < 6 => 0,
        < 12 => 1,
        _ => 2,
    };
}
