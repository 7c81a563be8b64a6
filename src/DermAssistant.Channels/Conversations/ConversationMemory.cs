using System.Security.Cryptography;
using System.Text.Json;
using DermAssistant.Agent;
using Microsoft.Extensions.Logging;

namespace DermAssistant.Channels.Conversations;

/// <summary>Keeps what the assistant remembers of conversations, encrypted. A conversation that was erased while its last message was answered stays erased.</summary>
internal sealed class ConversationMemory(ConversationDatabase database, Cipher cipher, ILogger<ConversationMemory> logger) : IConversationStore
{
    public Task<Conversation?> LoadAsync(string id, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = database.Read(connection => connection.Query("SELECT content FROM memory WHERE conversation = $id", row => row.Bytes(0), ("$id", id)));
        try
        {
            return Task.FromResult(found is [var content] ? ConversationJson.Read(cipher.Decrypt(id, content)) : null);
        }
        catch (Exception failure) when (failure is CryptographicException or JsonException)
        {
            // A key that is gone or a memory of an older version: the conversation goes on without what was said before.
            logger.LogWarning("The memory of a conversation cannot be read ({Failure}); it begins anew.", failure.GetType().Name);
            return Task.FromResult<Conversation?>(null);
        }
    }

    public Task SaveAsync(Conversation conversation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        cancellationToken.ThrowIfCancellationRequested();
        var content = cipher.Encrypt(conversation.Id, ConversationJson.Write(conversation));
        database.Write(connection => connection.Run(
            """
            INSERT INTO memory (conversation, content) SELECT $id, $content WHERE EXISTS (SELECT 1 FROM conversation WHERE id = $id)
            ON CONFLICT (conversation) DO UPDATE SET content = $content
            """,
            ("$id", conversation.Id), ("$content", content)));
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string id, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        database.Write(connection => connection.Run("DELETE FROM memory WHERE conversation = $id", ("$id", id)));
        return Task.CompletedTask;
    }
}
