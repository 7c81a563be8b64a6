namespace DermAssistant.DermLip;

/// <summary>Stands where a checkpoint came without a tokenizer: the image tower serves, a text is refused with the remedy.</summary>
internal sealed class MissingTokenizer(string packId, int contextLength) : ITextTokenizer
{
    public string Kind => "none";

    public int ContextLength => contextLength;

    public int VocabularySize => 0;

    public int[] Encode(string text) => throw new ModelPackException(
        $"The pack {packId} has no tokenizer: its folder held no vocab.json with merges.txt, tokenizer.json or vocab.txt when it was added.",
        "Put the tokenizer files of the model into the folder and add it again.");

    public int[] EncodeUserText(string text) => Encode(text);
}
