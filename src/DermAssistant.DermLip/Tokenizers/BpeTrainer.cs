using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DermAssistant.DermLip;

/// <summary>A vocabulary made by <see cref="BpeTrainer"/>.</summary>
/// <param name="VocabularyJson">The content of <c>vocab.json</c>: symbol to id; the last two ids are the start and the end of a text.</param>
/// <param name="MergesText">The content of <c>merges.txt</c>: one merge a line in the order they are applied.</param>
/// <param name="Size">Number of symbols.</param>
public sealed record TrainedVocabulary(string VocabularyJson, string MergesText, int Size);

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
        var words = Count(captions, ids);
        var merges = new List<(string Left, string Right)>();
        var known = new HashSet<string>(symbols, StringComparer.Ordinal);
        var redundant = new HashSet<(int Left, int Right)>();
        while (symbols.Count + 2 < vocabularySize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (MostFrequentPair(words, redundant) is not { } pair) break;
            var symbol = symbols[pair.Left] + symbols[pair.Right];
            if (!known.Add(symbol))
            {
                // Another merge spells the same symbol already; a vocabulary names each once.
                redundant.Add(pair);
                continue;
            }

            merges.Add((symbols[pair.Left], symbols[pair.Right]));
            symbols.Add(symbol);
            foreach (var word in words) word.Merge(pair.Left, pair.Right, symbols.Count - 1);
        }

        return Write(merges);
    }

    private sealed class Word(List<int> symbols, long count)
    {
        public List<int> Symbols { get; } = symbols;

        public long Count { get; } = count;

        public void Merge(int left, int right, int merged)
        {
            for (var i = 0; i + 1 < Symbols.Count; i++)
                if (Symbols[i] == left && Symbols[i + 1] == right)
                {
                    Symbols[i] = merged;
                    Symbols.RemoveAt(i + 1);
                }
        }
    }

    private static List<Word> Count(IEnumerable<string> captions, Dictionary<string, int> ids)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var caption in captions)
            foreach (var word in ClipTokenizer.Split(TextCleaning.CleanAndLower(caption), specials: false))
                counts[word] = counts.GetValueOrDefault(word) + 1;
        return [.. counts.Select(pair => new Word(Symbols(pair.Key, ids), pair.Value))];
    }

    private static List<int> Symbols(string word, Dictionary<string, int> ids)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        return [.. bytes.Select((value, i) => ids[BytePairVocabulary.ByteAlphabet[value] + (i == bytes.Length - 1 ? BytePairVocabulary.WordEnd : "")])];
    }

    private static (int Left, int Right)? MostFrequentPair(List<Word> words, HashSet<(int Left, int Right)> redundant)
    {
        var counts = new Dictionary<(int Left, int Right), long>();
        foreach (var word in words)
            for (var i = 0; i + 1 < word.Symbols.Count; i++)
            {
                var pair = (word.Symbols[i], word.Symbols[i + 1]);
                counts[pair] = counts.GetValueOrDefault(pair) + word.Count;
            }

        ((int Left, int Right) Pair, long Count) best = (default, 1);
        foreach (var (pair, count) in counts)
        {
            if (redundant.Contains(pair)) continue;
            if (count > best.Count || count == best.Count && best.Count > 1 && pair.CompareTo(best.Pair) < 0)
                best = (pair, count);
        }

        return best.Count > 1 ? best.Pair : null;
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
