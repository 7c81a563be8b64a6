using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DermAssistant.DermLip;

/// <summary>Learns a byte-level BPE vocabulary in CLIP's format from captions.</summary>
/// <remarks>Deterministic: among pairs that are equally frequent the one with the smaller symbol ids is merged first, and ids depend on
/// the captions alone. Sennrich, Haddow, Birch 2016, doi 10.18653/v1/P16-1162.</remarks>
public static class BpeTrainer
{
    /// <summary>Learns from captions until the vocabulary has <paramref name="vocabularySize"/> symbols or no pair occurs twice.</summary>
    /// <param name="vocabularySize">At least 514: 256 byte symbols, the same at the end of a word, two special tokens.</param>
    public static TrainedVocabulary Train(IEnumerable<string> captions, int vocabularySize, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(captions);
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, 514);
        var symbols = BytePairVocabulary.Symbols([]).Take(512).ToList();
        var ids = symbols.Select((symbol, id) => (symbol, id)).ToDictionary(pair => pair.symbol, pair => pair.id, StringComparer.Ordinal);
        var pairs = new Pairs(Count(captions, ids));
        var merges = new List<(string Left, string Right)>();
        var known = new HashSet<string>(symbols, StringComparer.Ordinal);
        while (symbols.Count + 2 < vocabularySize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (pairs.MostFrequent() is not { } pair) break;
            var symbol = symbols[pair.Left] + symbols[pair.Right];
            if (!known.Add(symbol))
            {
                // Another merge spells the same symbol already; a vocabulary names each once.
                pairs.Exclude(pair);
                continue;
            }

            merges.Add((symbols[pair.Left], symbols[pair.Right]));
            symbols.Add(symbol);
            pairs.Merge(pair, symbols.Count - 1);
        }

        return Write(merges);
    }

    private sealed record Word(List<int> Symbols, long Count);

    /// <summary>How often neighbours occur, kept up to date as they are merged.</summary>
    private sealed class Pairs
    {
        private readonly Dictionary<(int Left, int Right), long> _counts = [];
        private readonly Dictionary<(int Left, int Right), HashSet<Word>> _words = [];
        private readonly HashSet<(int Left, int Right)> _excluded = [];

        public Pairs(IEnumerable<Word> words)
        {
            foreach (var word in words) Add(word, 1);
        }

        public void Exclude((int Left, int Right) pair) => _excluded.Add(pair);

        /// <summary>The most frequent pair that occurs at least twice; among equals the one with the smaller ids.</summary>
        public (int Left, int Right)? MostFrequent()
        {
            ((int Left, int Right) Pair, long Count) best = (default, 1);
            foreach (var (pair, count) in _counts)
                if ((count > best.Count || count == best.Count && count > 1 && pair.CompareTo(best.Pair) < 0) && !_excluded.Contains(pair))
                    best = (pair, count);
            return best.Count > 1 ? best.Pair : null;
        }

        public void Merge((int Left, int Right) pair, int merged)
        {
            foreach (var word in _words[pair].ToList())
            {
                Add(word, -1);
                var symbols = word.Symbols;
                for (var i = 0; i + 1 < symbols.Count; i++)
                    if (symbols[i] == pair.Left && symbols[i + 1] == pair.Right)
                    {
                        symbols[i] = merged;
                        symbols.RemoveAt(i + 1);
                    }

                Add(word, 1);
            }
        }

        private void Add(Word word, int sign)
        {
            for (var i = 0; i + 1 < word.Symbols.Count; i++)
            {
                var pair = (word.Symbols[i], word.Symbols[i + 1]);
                _counts[pair] = _counts.GetValueOrDefault(pair) + sign * word.Count;
                if (!_words.TryGetValue(pair, out var words)) _words[pair] = words = new HashSet<Word>(ReferenceEqualityComparer.Instance);
                if (sign > 0) words.Add(word);
                else words.Remove(word);
            }
        }
    }

    private static IEnumerable<Word> Count(IEnumerable<string> captions, Dictionary<string, int> ids)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var caption in captions)
            foreach (var word in ClipTokenizer.Split(TextCleaning.CleanAndLower(caption), specials: false))
                counts[word] = counts.GetValueOrDefault(word) + 1;
        return counts.Select(pair => new Word(Symbols(pair.Key, ids), pair.Value));
    }

    private static List<int> Symbols(string word, Dictionary<string, int> ids)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        return [.. bytes.Select((value, i) => ids[BytePairVocabulary.ByteAlphabet[value] + (i == bytes.Length - 1 ? BytePairVocabulary.WordEnd : "")])];
    }

    private static TrainedVocabulary Write(List<(string Left, string Right)> merges)
    {
        var symbols = BytePairVocabulary.Symbols(merges).ToList();
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            for (var id = 0; id < symbols.Count; id++) json.WriteNumber(symbols[id], id);
            json.WriteEndObject();
        }

        var lines = merges.Select(merge => $"{merge.Left} {merge.Right}\n");
        return new TrainedVocabulary(Encoding.UTF8.GetString(buffer.ToArray()), $"#version: 0.2\n{string.Concat(lines)}", symbols.Count);
    }
}
