namespace DermAssistant.Agent;

/// <summary>How far two spellings are apart.</summary>
internal static class Spelling
{
    /// <summary>
    /// Letters to insert, drop, replace or swap with their neighbour (optimal string alignment);
    /// anything above <paramref name="most"/> is given as <paramref name="most"/> + 1.
    /// </summary>
    public static int Distance(string a, string b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most) return most + 1;
        Span<int> older = stackalloc int[b.Length + 1];
        Span<int> old = stackalloc int[b.Length + 1];
        Span<int> now = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) old[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                now[j] = Math.Min(Math.Min(old[j] + 1, now[j - 1] + 1), old[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = Math.Min(now[j], older[j - 2] + 1);
                least = Math.Min(least, now[j]);
            }

            if (least > most) return most + 1;
            old.CopyTo(older);
            now.CopyTo(old);
        }

        return Math.Min(old[b.Length], most + 1);
    }
}
