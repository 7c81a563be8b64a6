using DermAssistant.Channels.Activities;

namespace DermAssistant.Channels.BotConnector;

/// <summary>Takes what the bot says to one conversation.</summary>
internal interface IReplies
{
    /// <summary>Says it.</summary>
    /// <returns>The message's id where it is known.</returns>
    /// <exception cref="ConnectorException">It could not be delivered.</exception>
    Task<string?> SayAsync(Activity activity, CancellationToken cancellationToken);
}

/// <summary>Says it through the connector the activity came from.</summary>
internal sealed class ConnectorReplies(ConnectorClient connector, ConnectorAddress address, Activity heard) : IReplies
{
    // In personal chats a reply is the next message; in groups it stands below what it answers.
    private readonly string? _replyTo = BotMessage.IsGroup(heard) && heard.Type == ActivityTypes.Message ? heard.Id : null;

    public Task<string?> SayAsync(Activity activity, CancellationToken cancellationToken) => connector.SendAsync(address, _replyTo, Addressing.From(heard, activity), cancellationToken);
}

/// <summary>Keeps what is said for the answer to the request itself (<c>expectReplies</c>).</summary>
internal sealed class CollectedReplies(Activity heard) : IReplies
{
    private readonly List<Activity> _said = [];

    public IReadOnlyList<Activity> Said => _said;

    public Task<string?> SayAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (activity.Type != ActivityTypes.Typing) _said.Add(Addressing.From(heard, activity) with { Id = Guid.NewGuid().ToString("N"), ChannelId = heard.ChannelId });
        return Task.FromResult<string?>(null);
    }
}

/// <summary>Writes sender and receiver onto an activity.</summary>
internal static class Addressing
{
    /// <summary>The activity from whom the heard one was sent to, to where that came from.</summary>
    public static Activity From(Activity heard, Activity said) => said with
    {
        From = heard.Recipient is { } bot ? bot with { Role = "bot" } : null,
        Recipient = BotMessage.IsGroup(heard) ? null : heard.From,
        Conversation = heard.Conversation,
        ReplyToId = heard.Type == ActivityTypes.Message ? heard.Id : null,
        Locale = said.Locale ?? "en-US",
    };
}
