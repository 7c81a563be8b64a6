namespace DermAssistant.DermLip;

/// <summary>Finds the tokenizer in a folder.</summary>
internal static class TokenizerFolder
{
    private const int ClipContext = 77;
    private const int BertContext = 256;

    private const string Vocabulary = "vocab.json";
    private const string Merges = "merges.txt";
    public const string TokenizerJson = "tokenizer.json";
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
        if (wordPiece)
        {
            TokenizerSettings.RequireUncased(folder);
            return new WordPieceTextTokenizer(WordPieceVocabulary.Load(first), contextLength);
        }

        var vocabulary = files[0] switch
        {
            Vocabulary => BytePairVocabulary.FromVocabularyAndMerges(first, Path.Combine(folder, Merges)),
            TokenizerJson => BytePairVocabulary.FromTokenizerJson(first),
            _ => BytePairVocabulary.FromGzip(first),
        };
        return new ClipTokenizer(vocabulary, contextLength);
    }

    /// <summary>Opens the tokenizer of a pack, of a hub folder, or of a folder that holds nothing but tokenizer files.</summary>
    /// <exception cref="ModelPackException">The folder holds no tokenizer.</exception>
    public static ITextTokenizer Open(string folder)
    {
        var (wordPiece, contextLength) = Expected(folder);
        return Load(folder, wordPiece, contextLength) ?? throw new ModelPackException(
            $"{folder} holds no tokenizer; {(wordPiece ? WordPieces : $"{Vocabulary} with {Merges}")} is missing.",
            "Download the tokenizer files of the model into the folder.");
    }

    private static (bool WordPiece, int ContextLength) Expected(string folder)
    {
        if (File.Exists(Path.Combine(folder, PackDescription.FileName)))
        {
            var pack = PackDescription.Read(folder);
            return (!pack.Details.Causal, pack.Details.ContextLength);
        }

        var config = Path.Combine(folder, OpenClipConfig.FileName);
        if (File.Exists(config))
        {
            var text = OpenClipConfig.Parse(InputFile.ReadText(config), config).Text;
            return (text.HuggingFaceModel is not null, text.ContextLength);
        }

        var wordPiece = Files(folder, wordPiece: false).Count == 0 || !File.Exists(Path.Combine(folder, Vocabulary)) && File.Exists(Path.Combine(folder, WordPieces));
        return wordPiece ? (true, BertContext) : (false, ClipContext);
    }
}
