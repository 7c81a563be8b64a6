using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace DermAssistant.DermLip;

/// <summary>The symbols and merges of a byte-level BPE whose words end in <c>&lt;/w&gt;</c>.</summary>
/// <remarks>The last two ids are the start and the end of a text, whatever the file calls them.</remarks>
internal sealed class BytePairVocabulary
{
    public const string WordEnd = "</w>";

    /// <summary>Merges of CLIP's own vocabulary; its file holds more, which CLIP does not use.</summary>
    private const int ClipMerges = 49152 - 256 - 2;

    private static readonly JsonSerializerOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>How OpenAI and open_clip call the two last symbols.</summary>
    private static readonly (string Name, int FromEnd)[] Specials =
        [("<|startoftext|>", 2), (ClipTokenizer.StartOfText, 2), ("<|endoftext|>", 1), (ClipTokenizer.EndOfText, 1)];

    private readonly Dictionary<(int Left, int Right), (int Rank, int Merged)> _merges;
    private readonly int[] _inside = new int[256];
    private readonly int[] _last = new int[256];

    /// <param name="source">The file, for messages.</param>
    public BytePairVocabulary(IReadOnlyDictionary<string, int> ids, IReadOnlyList<(string Left, string Right)> merges, string source)
    {
        Size = ids.Count;
        if (Size < 514 || ids.Values.Distinct().Count() != Size || ids.Values.Min() != 0 || ids.Values.Max() != Size - 1)
            throw Unfit(source, $"its {Size} symbols are not numbered from 0 without gaps, or there are fewer than 514");
        foreach (var (name, fromEnd) in Specials)
            if (ids.TryGetValue(name, out var id) && id != Size - fromEnd)
                throw Unfit(source, $"{name} is {id} instead of {Size - fromEnd}");
        for (var value = 0; value < 256; value++)
        {
            var symbol = ByteAlphabet[value].ToString();
            if (!ids.TryGetValue(symbol, out _inside[value]) || !ids.TryGetValue(symbol + WordEnd, out _last[value]))
                throw Unfit(source, $"the symbol of byte {value} is missing");
        }

        _merges = new(merges.Count);
        for (var rank = 0; rank < merges.Count; rank++)
        {
            var (left, right) = merges[rank];
            if (!ids.TryGetValue(left, out var leftId) || !ids.TryGetValue(right, out var rightId) || !ids.TryGetValue(left + right, out var merged))
                throw Unfit(source, $"the merge '{left} {right}' names symbols that are not in the vocabulary");
            _merges.TryAdd((leftId, rightId), (rank, merged));
        }
    }

    /// <summary>The printable character that stands for each byte (the alphabet GPT-2 introduced).</summary>
    public static IReadOnlyList<char> ByteAlphabet { get; } = MakeAlphabet();

    /// <summary>The bytes in the order their symbols have in a vocabulary: the printable ones first.</summary>
    public static IReadOnlyList<byte> AlphabetOrder { get; } = [.. Enumerable.Range(0, 256).Select(value => (byte)value).OrderBy(value => ByteAlphabet[value])];

    public int Size { get; }

    public int Start => Size - 2;

    public int End => Size - 1;

    /// <summary>The ids of one word of UTF-8 bytes.</summary>
    /// <remarks>Neighbours are merged by rank, then from the left, over a queue, so that a word of any length takes n log n steps.</remarks>
    public int[] Merge(ReadOnlySpan<byte> word)
    {
        var symbols = new int[word.Length];
        for (var i = 0; i < word.Length; i++)
            symbols[i] = i == word.Length - 1 ? _last[word[i]] : _inside[word[i]];
        var next = Enumerable.Range(1, word.Length).ToArray();
        var previous = Enumerable.Range(-1, word.Length).ToArray();
        var queue = new PriorityQueue<(int At, int Left, int Right), (int Rank, int At)>();

        void Offer(int at)
        {
            if (at >= 0 && next[at] < symbols.Length && _merges.TryGetValue((symbols[at], symbols[next[at]]), out var merge))
                queue.Enqueue((at, symbols[at], symbols[next[at]]), (merge.Rank, at));
        }

        for (var i = 0; i < word.Length; i++) Offer(i);
        while (queue.TryDequeue(out var pair, out _))
        {
            var (at, left, right) = pair;
            // A symbol that was merged into its left neighbour is marked -1; pairs offered before that are stale.
            if (symbols[at] != left || next[at] >= symbols.Length || symbols[next[at]] != right) continue;
            var gone = next[at];
            symbols[at] = _merges[(left, right)].Merged;
            symbols[gone] = -1;
            next[at] = next[gone];
            if (next[at] < symbols.Length) previous[next[at]] = at;
            Offer(previous[at]);
            Offer(at);
        }

        return Array.FindAll(symbols, symbol => symbol >= 0);
    }

    /// <summary>Reads <c>vocab.json</c> and <c>merges.txt</c>.</summary>
    public static BytePairVocabulary FromVocabularyAndMerges(string vocabularyPath, string mergesPath) => Guard(vocabularyPath, () =>
    {
        var ids = JsonSerializer.Deserialize<Dictionary<string, int>>(InputFile.ReadText(vocabularyPath), Strict) ?? [];
        var merges = InputFile.ReadText(mergesPath).Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal)).Select(Pair).ToList();
        return new BytePairVocabulary(ids, merges, vocabularyPath);
    });

    /// <summary>Reads the <c>tokenizer.json</c> of a hub folder.</summary>
    public static BytePairVocabulary FromTokenizerJson(string path) => Guard(path, () =>
    {
        using var json = JsonDocument.Parse(InputFile.ReadBytes(path));
        var model = json.RootElement.GetProperty("model");
        var ids = model.GetProperty("vocab").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetInt32(), StringComparer.Ordinal);
        if (json.RootElement.TryGetProperty("added_tokens", out var added))
            foreach (var token in added.EnumerateArray())
                ids.TryAdd(token.GetProperty("content").GetString()!, token.GetProperty("id").GetInt32());
        var merges = model.GetProperty("merges").EnumerateArray()
            .Select(merge => merge.ValueKind == JsonValueKind.Array ? (merge[0].GetString()!, merge[1].GetString()!) : Pair(merge.GetString()!)).ToList();
        return new BytePairVocabulary(ids, merges, path);
    });

    /// <summary>Reads CLIP's own <c>bpe_simple_vocab_16e6.txt.gz</c>, which lists merges only.</summary>
    public static BytePairVocabulary FromGzip(string path) => Guard(path, () =>
    {
        using var stream = new GZipStream(new MemoryStream(InputFile.ReadBytes(path)), CompressionMode.Decompress);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        reader.ReadLine();
        var merges = new List<(string, string)>(ClipMerges);
        while (merges.Count < ClipMerges && reader.ReadLine() is { } line) merges.Add(Pair(line));
        return FromMerges(merges, path);
    });

    /// <summary>The vocabulary that merges imply: the byte symbols, those at the end of a word, the merges, the two special tokens.</summary>
    public static BytePairVocabulary FromMerges(IReadOnlyList<(string Left, string Right)> merges, string source) =>
        new(Symbols(merges).Select((symbol, id) => (symbol, id)).ToDictionary(pair => pair.symbol, pair => pair.id, StringComparer.Ordinal), merges, source);

    /// <summary>The symbols of <see cref="FromMerges"/> in the order of their ids.</summary>
    public static IEnumerable<string> Symbols(IReadOnlyList<(string Left, string Right)> merges) =>
    [
        .. AlphabetOrder.Select(value => ByteAlphabet[value].ToString()),
        .. AlphabetOrder.Select(value => ByteAlphabet[value] + WordEnd),
        .. merges.Select(merge => merge.Left + merge.Right),
        ClipTokenizer.StartOfText, ClipTokenizer.EndOfText,
    ];

    private static (string Left, string Right) Pair(string line)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 2 ? (parts[0], parts[1]) : throw new FormatException($"'{line}' is not a merge of two symbols");
    }

    private static char[] MakeAlphabet()
    {
        var alphabet = new char[256];
        var other = 256;
        for (var value = 0; value < 256; value++)
            alphabet[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)value : (char)other++;
        return alphabet;
    }

    private static BytePairVocabulary Guard(string path, Func<BytePairVocabulary> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or InvalidDataException or ArgumentException or IndexOutOfRangeException)
        {
            throw Unfit(path, e.Message, e);
        }
    }

    private static ModelPackException Unfit(string source, string why, Exception? inner = null) => new(
        $"{source} is not the vocabulary of a CLIP tokenizer: {why}.",
        "Take vocab.json and merges.txt (or tokenizer.json, or bpe_simple_vocab_16e6.txt.gz) from the repository of the model.",
        inner);
}
