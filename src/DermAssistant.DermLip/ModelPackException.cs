namespace DermAssistant.DermLip;

/// <summary>A model pack is missing, damaged, fails its golden vectors or does not fit.</summary>
public sealed class ModelPackException(string message, string hint, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the user can do.</summary>
    public string Hint { get; } = hint;
}
