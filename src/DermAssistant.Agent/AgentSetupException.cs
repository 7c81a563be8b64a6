namespace DermAssistant.Agent;

/// <summary>The agent's options or its files under <c>prompts/</c> are missing or malformed.</summary>
public sealed class AgentSetupException(string message, string hint, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the operator can do.</summary>
    public string Hint { get; } = hint;
}
