using System.Text.Json;

namespace DermAssistant.Agent;

/// <summary>A conversation's memory as UTF-8 JSON, for stores.</summary>
public static class ConversationJson
{
    /// <summary>The whole memory.</summary>
    public static byte[] Write(Conversation conversation) => JsonSerializer.SerializeToUtf8Bytes(conversation, AgentJson.Options);

    /// <summary>Reads a memory back.</summary>
    /// <exception cref="JsonException">The bytes are no memory.</exception>
    public static Conversation Read(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize<Conversation>(utf8, AgentJson.Options) ?? throw new JsonException("A conversation is a JSON object, not null.");
}
