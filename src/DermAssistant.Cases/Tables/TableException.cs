namespace DermAssistant.Cases;

/// <summary>A table (CSV) cannot be read; the message names the file, the line and what is wrong with it.</summary>
public sealed class TableException(string message, string hint, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the user can do.</summary>
    public string Hint { get; } = hint;
}
