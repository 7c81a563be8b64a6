namespace DermAssistant.DermLip;

/// <summary>Rows of token ids.</summary>
internal static class TokenRows
{
    /// <summary>The first position of the highest id: where CLIP reads the embedding.</summary>
    public static int End(ReadOnlySpan<long> row)
    {
        var end = 0;
        for (var i = 1; i < row.Length; i++)
            if (row[i] > row[end]) end = i;
        return end;
    }

    /// <summary>The leading positions that decide an embedding; what follows is padding.</summary>
    /// <param name="causal">Whether the tower looks back only, up to the end of the text; else up to the last token that is not padding.</param>
    public static long[] Trim(ReadOnlySpan<long> row, bool causal, int padId)
    {
        var used = causal ? End(row) + 1 : row.Length;
        while (!causal && used > 0 && row[used - 1] == padId) used--;
        return row[..Math.Max(1, used)].ToArray();
    }
}
