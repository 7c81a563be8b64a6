namespace DermAssistant.Channels;

/// <summary>Names a conversation across channels.</summary>
/// <param name="Channel">The channel, for example <c>directline</c> or <c>msteams</c>.</param>
/// <param name="Id">The conversation's id on that channel.</param>
public readonly record struct ConversationKey(string Channel, string Id)
{
    /// <summary><c>channel:id</c>, the id the assistant and the store know it by.</summary>
    public override string ToString() => $"{Channel}:{Id}";

    /// <summary>Reads back what <see cref="ToString"/> wrote.</summary>
    internal static ConversationKey Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return new(text[..colon], text[(colon + 1)..]);
    }
}
