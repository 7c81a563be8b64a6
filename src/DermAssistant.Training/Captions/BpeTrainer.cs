using System.Text;

namespace DermAssistant.Training;

/// <summary>A byte-level BPE vocabulary in CLIP's format.</summary>
/// <param name="Tokens">In order of their ids; the last two are start and end of text.</param>
/// <param name="Merges">Pairs in order of rank, as in <c>merges.txt</c>.</param>
public sealed record BpeVocabulary(IReadOnlyList<string> Tokens, IReadOnlyList<(string Left, string Right)> Merges);

/// <summary>Learns a byte-level BPE vocabulary (Sennrich et al. 2016) from captions.</summary>
internal static class BpeTrainer
{
    private const string WordEnd = "</w>";

    /// <summary>The 256 bytes as printable characters, in CLIP's order: printable Latin-1 first, the others from U+0100.</summary>
    internal static readonly char[] ByteCharacters = MapBytes(out ByteOrder);

    internal static readonly byte[] ByteOrder;

    /// <summary>Merges the most frequent pair of neighbours, ties in ordinal order, until the vocabulary is full or every word is one token.</summary>
    /// <param name="words">Cleaned, lower-case words (or single digits and signs) with repetitions.</param>
    /// <param name="size">Largest vocabulary, special tokens included; at least 514.</param>
    public static BpeVocabulary Train(IEnumerable<string> words, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 514);
        var tokens = new List<string>(size);
        foreach (var b in ByteOrder) tokens.Add(ByteCharacters[b].ToString());
        foreach (var b in ByteOrder) tokens.Add(ByteCharacters[b] + WordEnd);

        var counted = words.GroupBy(w => w, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (Symbols: Split(g.Key), Count: g.Count())).ToArray();
        var merges = new List<(string, string)>();
        while (tokens.Count < size - 2)
        {
            var pairs = new Dictionary<(string Left, string Right), int>();
            foreach (var (symbols, count) in counted)
                for (var i = 1; i < symbols.Count; i++)
                    pairs[(symbols[i - 1], symbols[i])] = pairs.GetValueOrDefault((symbols[i - 1], symbols[i])) + count;
            if (pairs.Count == 0) break;
            var best = pairs.OrderByDescending(p => p.Value)
                .ThenBy(p => p.Key.Left, StringComparer.Ordinal).ThenBy(p => p.Key.Right, StringComparer.Ordinal).First().Key;
            merges.Add(best);
            tokens.Add(best.Left + best.Right);
            foreach (var (symbols, _) in counted) Merge(symbols, best);
        }

        return new BpeVocabulary([.. tokens, "<start_of_text>", "<end_of_text>"], merges);
    }

    private static List<string> Split(string word)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        var symbols = bytes.Select(b => ByteCharacters[b].ToString()).ToList();
        symbols[^1] += WordEnd;
        return symbols;
    }

    private static void Merge(List<string> symbols, (string Left, string Right) pair)
    {
        for (var i = 1; i < symbols.Count; i++)
        {
            if (symbols[i - 1] != pair.Left || symbols[i] != pair.Right) continue;
            symbols[i - 1] += symbols[i];
            symbols.RemoveAt(i);
        }
    }

    private static char[] MapBytes(out byte[] order)
    {
        var map = new char[256];
        var printable = Enumerable.Range('!', '~' - '!' + 1).Concat(Enumerable.Range('\u00A1', 12)).Concat(Enumerable.Range('\u00AE', 82)).ToList();
        foreach (var b in printable) map[b] = (char)b;
        var next = 256;
        var others = Enumerable.Range(0, 256).Except(printable).ToArray();
        foreach (var b in others) map[b] = (char)next++;
        order = [.. printable.Concat(others).Select(b => (byte)b)];
        return map;
    }
}
