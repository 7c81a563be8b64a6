namespace DermAssistant.Channels.DirectLine;

/// <summary>What a token allows: one user in one conversation.</summary>
/// <param name="Origins">Where pages that use it may come from; empty for whatever the server trusts.</param>
/// <param name="OwnPage">Whether it was given to the product's own page, whose visitors agree to the handling of photos first.</param>
/// <param name="Expires">When it ends; renewing makes a new one.</param>
internal sealed record DirectLineGrant(string Conversation, string User, IReadOnlyList<string> Origins, bool OwnPage, DateTimeOffset Expires)
{
    /// <summary>The channel's name.</summary>
    public const string Channel = "directline";

    public ConversationKey Key => new(Channel, Conversation);
}
