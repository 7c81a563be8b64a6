namespace DermAssistant.DermLip;

/// <summary>Turns texts into L2-normalised embeddings.</summary>
/// <remarks>Safe for concurrent use. Special tokens spelled out in a text are read as plain text.</remarks>
public interface ITextEncoder
{
    int Dimension { get; }

    /// <summary>One embedding a text, [texts.Count, Dimension] row-major.</summary>
    float[] Encode(IReadOnlyList<string> texts);
}
