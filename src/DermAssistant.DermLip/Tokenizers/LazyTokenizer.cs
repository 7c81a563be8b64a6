namespace DermAssistant.DermLip;

/// <summary>The tokenizer of a pack, read when the first text comes: photos need none, and labels are embedded once and kept.</summary>
/// <remarks>The files were checked against their hashes when the pack was opened, so that reading them later holds no surprise.</remarks>
internal sealed class LazyTokenizer(string kind, int contextLength, Func<ITextTokenizer> load) : ITextTokenizer
{
    private readonly Lazy<ITextTokenizer> _tokenizer = new(load);

    public string Kind => kind;

    public int ContextLength => contextLength;

    public int VocabularySize => _tokenizer.Value.VocabularySize;

    public int[] Encode(string text) => _tokenizer.Value.Encode(text);

    public int[] EncodeUserText(string text) => _tokenizer.Value.EncodeUserText(text);
}
