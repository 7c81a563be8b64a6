namespace DermAssistant.Cases;

/// <summary>A filter cannot be applied: it names no field of the library, or its value cannot be read.</summary>
public sealed class CaseFilterException(string message, string hint, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the user can do.</summary>
    public string Hint { get; } = hint;
}
