using DermAssistant.DermLip;

namespace DermAssistant.Training;

/// <summary>The BPE vocabulary of a training's captions.</summary>
/// <param name="Files">The tokenizer files of the pack by name.</param>
internal sealed record CaptionVocabulary(ITokenizer Tokenizer, int Size, IReadOnlyDictionary<string, byte[]> Files)
{
    // Enough wordings of every sample for each word of the grammar to turn up.
    private const int CaptionsPerSample = 4;

    /// <param name="folder">Where the tokenizer files are kept while the training runs.</param>
    public static CaptionVocabulary Learn(IReadOnlyList<TrainingSample> samples, CaptionWriter writer, int largest, int context, string folder, CancellationToken cancellationToken)
    {
        var number = 0;
        var captions = Enumerable.Range(0, CaptionsPerSample)
            .SelectMany(_ => samples.Where(s => s.Split == Split.Train))
            .Select(sample => writer.Caption(sample, new Random(++number)));
        var vocabulary = BpeTrainer.Train(captions, largest, cancellationToken);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "vocab.json"), vocabulary.VocabularyJson);
        File.WriteAllText(Path.Combine(folder, "merges.txt"), vocabulary.MergesText);
        return Load(folder, context);
    }

    public static CaptionVocabulary Load(string folder, int context)
    {
        var tokenizer = TokenizerFolder.Load(folder, wordPiece: false, context)!;
        return new CaptionVocabulary(tokenizer, tokenizer.VocabularySize, new[] { "vocab.json", "merges.txt" }
            .ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(folder, name))));
    }
}
