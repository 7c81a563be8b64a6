using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DermAssistant.Channels.Activities;

/// <summary>One act in a conversation, as the Activity protocol has it: a message, typing, an event, an invoke.</summary>
/// <remarks>
/// Holds what this product reads and writes by name and everything else as it came, so that nothing is lost on the way through. Channels name more
/// types and fields than are used here; unknown ones are no error.
/// </remarks>
public sealed record Activity
{
    /// <summary>One of <see cref="ActivityTypes"/> or another type of the protocol.</summary>
    public string Type { get; init; } = "";

    public string? Id { get; init; }

    /// <summary>When the channel took it in.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The sender's own clock, as sent.</summary>
    public string? LocalTimestamp { get; init; }

    public string? LocalTimezone { get; init; }

    public string? ChannelId { get; init; }

    /// <summary>Where a bot answers to; set by the channel, never by a bot.</summary>
    public string? ServiceUrl { get; init; }

    public ChannelAccount? From { get; init; }

    public ConversationAccount? Conversation { get; init; }

    public ChannelAccount? Recipient { get; init; }

    public string? Text { get; init; }

    /// <summary><c>markdown</c>, <c>plain</c> or <c>xml</c>.</summary>
    public string? TextFormat { get; init; }

    /// <summary><c>list</c> or <c>carousel</c>.</summary>
    public string? AttachmentLayout { get; init; }

    public string? Locale { get; init; }

    public string? InputHint { get; init; }

    public string? Speak { get; init; }

    /// <summary>Text for where cards and streams cannot be shown.</summary>
    public string? Summary { get; init; }

    /// <summary>The name of an event or invoke.</summary>
    public string? Name { get; init; }

    /// <summary>What an event, an invoke or a card's button carries.</summary>
    public JsonNode? Value { get; init; }

    public string? ValueType { get; init; }

    /// <summary>What happened, for <c>installationUpdate</c>.</summary>
    public string? Action { get; init; }

    /// <summary>The id of the activity this one answers.</summary>
    public string? ReplyToId { get; init; }

    /// <summary><c>normal</c>, <c>notification</c>, <c>expectReplies</c>, <c>ephemeral</c> or <c>stream</c>.</summary>
    public string? DeliveryMode { get; init; }

    public IReadOnlyList<Attachment>? Attachments { get; init; }

    /// <summary>Entities as they are: their fields depend on their type.</summary>
    public IReadOnlyList<JsonObject>? Entities { get; init; }

    public SuggestedActions? SuggestedActions { get; init; }

    /// <summary>What only one channel understands.</summary>
    public JsonNode? ChannelData { get; init; }

    public IReadOnlyList<ChannelAccount>? MembersAdded { get; init; }

    public IReadOnlyList<ChannelAccount>? MembersRemoved { get; init; }

    /// <summary>Fields that have no name here, as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}
