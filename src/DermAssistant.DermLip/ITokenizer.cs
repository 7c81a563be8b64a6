namespace DermAssistant.DermLip;

/// <summary>Turns a text into token ids as the reference tokenizer of the checkpoint does.</summary>
public interface ITokenizer
{
    int ContextLength { get; }

    /// <summary>Start and end tokens included, cut to the context length, not padded.</summary>
    int[] Encode(string text);
}
