namespace DermAssistant.Agent;

/// <summary>A question cannot be taken as it was sent: it is too long, or brings too many photos.</summary>
/// <remarks>Nothing of the conversation has changed when this is thrown.</remarks>
public sealed class QuestionException(string message, string hint, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the user can do.</summary>
    public string Hint { get; } = hint;
}
