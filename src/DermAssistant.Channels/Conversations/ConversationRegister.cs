namespace DermAssistant.Channels.Conversations;

/// <summary>A conversation that has begun and has not expired.</summary>
internal sealed record ConversationEntry(ConversationKey Key, string Owner, DateTimeOffset Begun);

/// <summary>Which conversations there are, whose they are and how long they are kept.</summary>
/// <remarks>A conversation expires when it was not used for <see cref="ChannelsOptions.ConversationLifetime"/>; an expired one is as if it had never been.</remarks>
internal sealed class ConversationRegister(ConversationDatabase database, ChannelsOptions options, TimeProvider time)
{
    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private long Oldest => (time.GetUtcNow() - options.ConversationLifetime).ToUnixTimeMilliseconds();

    /// <summary>Begins a conversation, or goes on with it.</summary>
    /// <returns>False when it is somebody else's.</returns>
    public bool Enter(ConversationKey key, string owner) => database.Write(connection =>
    {
        connection.Run("DELETE FROM conversation WHERE id = $id AND used < $oldest", ("$id", key.ToString()), ("$oldest", Oldest));
        return connection.Run(
            """
            INSERT INTO conversation (id, channel, owner, begun, used) VALUES ($id, $channel, $owner, $now, $now)
            ON CONFLICT (id) DO UPDATE SET used = $now WHERE owner = $owner
            """,
            ("$id", key.ToString()), ("$channel", key.Channel), ("$owner", owner), ("$now", Now)) == 1;
    });

    public ConversationEntry? Find(ConversationKey key) => database.Read(connection => connection.Query(
        "SELECT owner, begun FROM conversation WHERE id = $id AND used >= $oldest",
        row => new ConversationEntry(key, row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))),
        ("$id", key.ToString()), ("$oldest", Oldest))) is [var found] ? found : null;

    /// <summary>The conversation an owner used last, or null.</summary>
    public ConversationKey? Latest(string channel, string owner) => Of(channel, owner) is [var latest, ..] ? latest : null;

    /// <summary>An owner's conversations, the one used last first.</summary>
    public IReadOnlyList<ConversationKey> Of(string channel, string owner) => database.Read(connection => connection.Query(
        "SELECT id FROM conversation WHERE channel = $channel AND owner = $owner AND used >= $oldest ORDER BY used DESC, id",
        row => ConversationKey.Parse(row.GetString(0)),
        ("$channel", channel), ("$owner", owner), ("$oldest", Oldest)));

    public void Erase(ConversationKey key)
    {
        if (database.Write(connection => connection.Run("DELETE FROM conversation WHERE id = $id", ("$id", key.ToString()))) > 0) database.Settle();
    }

    /// <summary>Whether a visitor of the page has agreed to how photos are handled.</summary>
    public bool Consented(string visitor) => database.Read(connection => connection.Query(
        "SELECT 1 FROM visitor WHERE id = $id AND consented IS NOT NULL AND used >= $oldest", row => row.GetInt32(0), ("$id", visitor), ("$oldest", Oldest))).Count > 0;

    public void Consent(string visitor, bool agreed) => database.Write(connection => connection.Run(
        """
        INSERT INTO visitor (id, consented, used) VALUES ($id, $consented, $now)
        ON CONFLICT (id) DO UPDATE SET consented = $consented, used = $now
        """,
        ("$id", visitor), ("$consented", agreed ? Now : null), ("$now", Now)));

    /// <summary>Keeps a visitor's consent for as long as the page is used.</summary>
    public void Visit(string visitor) => database.Write(connection => connection.Run(
        "UPDATE visitor SET used = $now WHERE id = $id AND used >= $oldest", ("$id", visitor), ("$now", Now), ("$oldest", Oldest)));

    public void EraseVisitor(string visitor) => database.Write(connection => connection.Run("DELETE FROM visitor WHERE id = $id", ("$id", visitor)));

    /// <summary>Erases what has expired.</summary>
    /// <returns>The conversations that are gone.</returns>
    public IReadOnlyList<string> Sweep()
    {
        var gone = database.Write(connection =>
        {
            connection.Run("DELETE FROM visitor WHERE used < $oldest", ("$oldest", Oldest));
            return connection.Query("DELETE FROM conversation WHERE used < $oldest RETURNING id", row => row.GetString(0), ("$oldest", Oldest));
        });
        if (gone.Count > 0) database.Settle();
        return gone;
    }
}
