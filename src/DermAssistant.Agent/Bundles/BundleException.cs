namespace DermAssistant.Agent;

/// <summary>An evidence bundle cannot be read, or its photos cannot be found.</summary>
public sealed class BundleException(string message, string hint, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the user can do.</summary>
    public string Hint { get; } = hint;
}
