namespace DermAssistant.DermLip;

/// <summary>Finds the tokenizer in a folder.</summary>
internal static class TokenizerFolder
{
    private const string Vocabulary = "vocab.json";
    private const string Merges = "merges.txt";
    private const string TokenizerJson = "tokenizer.json";
    private const string ClipGzip = "bpe_simple_vocab_16e6.txt.gz";
    private const string WordPieces = "vocab.txt";

    /// <summary>The files in the folder that the tokenizer is read from.</summary>
    /// <returns>Empty where there is none.</returns>
    public static IReadOnlyList<string> Files(string folder, bool wordPiece)
    {
        string[][] candidates = wordPiece ? [[WordPieces], [TokenizerJson]] : [[Vocabulary, Merges], [TokenizerJson], [ClipGzip]];
        return candidates.FirstOrDefault(files => files.All(file => File.Exists(Path.Combine(folder, file)))) ?? [];
    }

    /// <summary>Loads the tokenizer of a folder, or null where there is none.</summary>
    public static ITextTokenizer? Load(string folder, bool wordPiece, int contextLength)
    {
        var files = Files(folder, wordPiece);
        if (files.Count == 0) return null;
        var first = Path.Combine(folder, files[0]);
        if (wordPiece) return new WordPieceTextTokenizer(WordPieceVocabulary.Load(first), contextLength);
        var vocabulary = files[0] switch
        {
            Vocabulary => BytePairVocabulary.FromVocabularyAndMerges(first, Path.Combine(folder, Merges)),
            TokenizerJson => BytePairVocabulary.FromTokenizerJson(first),
            _ => BytePairVocabulary.FromGzip(first),
        };
        return new ClipTokenizer(vocabulary, contextLength);
    }
}
