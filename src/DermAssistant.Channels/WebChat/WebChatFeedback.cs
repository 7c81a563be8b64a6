using System.Text.Json;
using System.Text.Json.Nodes;
using DermAssistant.Channels.Activities;

namespace DermAssistant.Channels.WebChat;

/// <summary>Thumbs as Web Chat sends them: an event with the action that was clicked, or in newer versions a submitted form.</summary>
/// <param name="AnswerId">Null where the client names the activity instead.</param>
internal sealed record WebChatFeedback(string? AnswerId, Rating Rating)
{
    public const string Like = "like:";
    public const string Dislike = "dislike:";

    /// <summary>The feedback in an activity, or null for any other activity.</summary>
    public static WebChatFeedback? Read(Activity activity) => activity switch
    {
        { Type: ActivityTypes.Event, Name: "webchat:activity-status/feedback" } => Clicked(activity),
        { Type: ActivityTypes.Invoke, Name: "message/submitAction", Value: JsonObject value } => Submitted(value),
        _ => null,
    };

    private static WebChatFeedback? Clicked(Activity activity)
    {
        foreach (var entity in activity.Entities ?? [])
        {
            if (Text(entity["@id"]) is not { } id) continue;
            if (id.StartsWith(Like, StringComparison.Ordinal)) return new(id[Like.Length..], new(Helpful: true, null));
            if (id.StartsWith(Dislike, StringComparison.Ordinal)) return new(id[Dislike.Length..], new(Helpful: false, null));
        }

        return null;
    }

    private static WebChatFeedback? Submitted(JsonObject value)
    {
        if (Text(value["actionName"]) != "feedback" || value["actionValue"] is not JsonObject said) return null;
        bool? helpful = Text(said["reaction"]) switch { "like" => true, "dislike" => false, _ => null };
        if (helpful is not { } liked) return null;
        var comment = said["feedback"] is JsonObject form ? Text(form["feedbackText"]) : Text(said["feedback"]);
        return new(null, new(liked, comment));
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
