namespace DermAssistant.DermLip;

/// <summary>A model pack is missing, damaged, fails its golden vectors or does not fit.</summary>
public sealed class ModelPackException(string message, string hint, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the user can do.</summary>
    public string Hint { get; } = hint;

    /// <summary>Whether the pack is in order and the place it should go to is not: full, read-only or not there.</summary>
    public bool Unwritable { get; init; }
}
