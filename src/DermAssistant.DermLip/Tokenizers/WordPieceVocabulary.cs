using System.Text.Json;

namespace DermAssistant.DermLip;

/// <summary>The pieces of a BERT vocabulary in the order of their ids.</summary>
internal sealed class WordPieceVocabulary
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    private WordPieceVocabulary(IReadOnlyList<string> pieces, string source)
    {
        Pieces = pieces;
        for (var id = 0; id < pieces.Count; id++)
            if (!_ids.TryAdd(pieces[id], id))
                throw Unfit(source, $"'{pieces[id]}' stands in it twice, as {_ids[pieces[id]]} and as {id}");
        foreach (var special in WordPieceTextTokenizer.Specials)
            if (special != WordPieceTextTokenizer.Mask && !_ids.ContainsKey(special))
                throw Unfit(source, $"{special} is missing");
    }

    public IReadOnlyList<string> Pieces { get; }

    /// <summary>The id of a piece, or null.</summary>
    public int? this[string piece] => _ids.TryGetValue(piece, out var id) ? id : null;

    /// <summary>Reads <c>vocab.txt</c>, one piece a line, or a <c>tokenizer.json</c>.</summary>
    public static WordPieceVocabulary Load(string path)
    {
        if (!path.EndsWith(".json", StringComparison.Ordinal))
            return new WordPieceVocabulary(InputFile.ReadText(path).TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r')).ToList(), path);
        try
        {
            using var json = JsonDocument.Parse(InputFile.ReadBytes(path));
            var pieces = json.RootElement.GetProperty("model").GetProperty("vocab").EnumerateObject().OrderBy(entry => entry.Value.GetInt32()).ToList();
            if (pieces.Where((entry, id) => entry.Value.GetInt32() != id).Any())
                throw Unfit(path, "its ids have gaps");
            return new WordPieceVocabulary([.. pieces.Select(entry => entry.Name)], path);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Unfit(path, "it is not a tokenizer.json with a WordPiece model", e);
        }
    }

    private static ModelPackException Unfit(string source, string why, Exception? inner = null) => new(
        $"{source} is not the vocabulary of a BERT tokenizer: {why}.",
        "Take vocab.txt from the repository of the BERT the model was trained with.",
        inner);
}
