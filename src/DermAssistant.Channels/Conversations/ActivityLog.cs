using DermAssistant.Channels.Activities;

namespace DermAssistant.Channels.Conversations;

/// <summary>What was said in each conversation, in order.</summary>
internal sealed class ActivityLog(ConversationDatabase database, Cipher cipher)
{
    /// <summary>The number of the last activity, 0 where there is none.</summary>
    public long Last(ConversationKey key) => database.Read(connection => connection.Query(
        "SELECT coalesce(max(sequence), 0) FROM activity WHERE conversation = $id", row => row.GetInt64(0), ("$id", key.ToString())))[0];

    /// <summary>The conversations in which something was said.</summary>
    public IReadOnlyList<ConversationKey> Conversations() => database.Read(connection => connection.Query(
        "SELECT DISTINCT conversation FROM activity", row => ConversationKey.Parse(row.GetString(0))));

    /// <returns>False when the conversation is gone: nothing is kept then.</returns>
    public bool Append(ConversationKey key, long sequence, Activity activity)
    {
        var content = cipher.Encrypt(key.ToString(), ActivityJson.Write(activity));
        return database.Write(connection => connection.Run(
            "INSERT INTO activity (conversation, sequence, content) SELECT $id, $sequence, $content WHERE EXISTS (SELECT 1 FROM conversation WHERE id = $id)",
            ("$id", key.ToString()), ("$sequence", sequence), ("$content", content))) == 1;
    }

    /// <summary>The activities after a number.</summary>
    public IReadOnlyList<(long Sequence, Activity Activity)> After(ConversationKey key, long sequence) =>
    [
        .. database.Read(connection => connection.Query(
            "SELECT sequence, content FROM activity WHERE conversation = $id AND sequence > $sequence ORDER BY sequence",
            row => (Sequence: row.GetInt64(0), Content: row.Bytes(1)),
            ("$id", key.ToString()), ("$sequence", sequence)))
            .Select(row => (row.Sequence, ActivityJson.Read(cipher.Decrypt(key.ToString(), row.Content)))),
    ];
}
