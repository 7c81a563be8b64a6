using System.Text.Json.Nodes;
using DermAssistant.Channels.Activities;
using DermAssistant.Channels.Teams;

namespace DermAssistant.Channels.BotConnector;

/// <summary>What a connector's activity says, freed of the channel's ways.</summary>
internal static class BotMessage
{
    private const string Teams = "msteams";

    public static ConversationKey ConversationOf(Activity activity) =>
        // Connectors of other channels name conversations as they like; theirs must not meet those of this server's own channels.
        new(activity.ChannelId == Teams ? Teams : $"connector.{activity.ChannelId}", activity.Conversation?.Id ?? "");

    /// <summary>Whether several people read along.</summary>
    public static bool IsGroup(Activity activity) => activity.Conversation is { } conversation && (conversation.IsGroup == true || conversation.ConversationType is "groupChat" or "channel");

    /// <summary>Whether the conversation shows a message while it is written.</summary>
    public static bool Streams(Activity activity) => activity.ChannelId == Teams && !IsGroup(activity);

    public static string UserOf(Activity activity) =>
        (IsGroup(activity) ? activity.Conversation?.Id : activity.From?.AadObjectId ?? activity.From?.Id) ?? "";

    public static string? TenantOf(Activity activity) =>
        activity.Conversation?.TenantId ?? ((activity.ChannelData as JsonObject)?["tenant"] is JsonObject tenant && tenant["id"] is JsonValue id && id.TryGetValue<string>(out var text) ? text : null);

    /// <summary>The words without mentions of the bot; those of a card's button where the user pressed one.</summary>
    public static string WordsOf(Activity activity)
    {
        var text = activity.Text ?? "";
        foreach (var entity in activity.Entities ?? [])
        {
            if (Text(entity["type"]) != "mention" || Text(entity["text"]) is not { Length: > 0 } mention) continue;
            var name = Text(entity["mentioned"] is JsonObject mentioned ? mentioned["id"] : null) == activity.Recipient?.Id
                ? ""
                : mention.Replace("<at>", "", StringComparison.OrdinalIgnoreCase).Replace("</at>", "", StringComparison.OrdinalIgnoreCase);
            text = text.Replace(mention, name, StringComparison.Ordinal);
        }

        text = text.Replace('\u00a0', ' ').Trim();
        return text.Length > 0 ? text : AskedBy(activity.Value) ?? "";
    }

    /// <summary>The question of a card's button, or null.</summary>
    public static string? AskedBy(JsonNode? data) => data is JsonObject fields && Text(fields[TeamsCard.AskField]) is { Length: > 0 } question ? question : null;

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
