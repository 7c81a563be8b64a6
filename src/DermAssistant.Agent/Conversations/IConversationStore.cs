namespace DermAssistant.Agent;

/// <summary>Keeps conversations between turns.</summary>
/// <remarks>Implementations are safe for concurrent use; the assistant lets one turn at a time work on a conversation.</remarks>
public interface IConversationStore
{
    /// <summary>The conversation with this id, or null.</summary>
    Task<Conversation?> LoadAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Keeps a conversation, replacing what was kept under its id.</summary>
    Task SaveAsync(Conversation conversation, CancellationToken cancellationToken = default);

    /// <summary>Forgets a conversation; an unknown id is no error.</summary>
    Task RemoveAsync(string id, CancellationToken cancellationToken = default);
}
