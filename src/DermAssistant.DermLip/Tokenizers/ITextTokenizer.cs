namespace DermAssistant.DermLip;

/// <summary>A tokenizer of a pack.</summary>
internal interface ITextTokenizer : ITokenizer
{
    /// <summary>The name in the manifest.</summary>
    string Kind { get; }

    int VocabularySize { get; }

    /// <summary>As <see cref="ITokenizer.Encode"/>, but special tokens spelled out in the text are read as plain text.</summary>
    int[] EncodeUserText(string text);
}
