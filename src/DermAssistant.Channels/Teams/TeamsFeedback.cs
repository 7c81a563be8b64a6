using System.Text.Json;
using System.Text.Json.Nodes;

namespace DermAssistant.Channels.Teams;

/// <summary>Reads thumbs with words, in the encodings clients send, and makes the form that asks for the words.</summary>
internal static class TeamsFeedback
{
    private const string CommentField = "feedbackText";
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 8 };

    /// <summary>The rating in the value of a <c>message/submitAction</c>, or null where there is none.</summary>
    /// <remarks>
    /// <c>actionValue.feedback</c> is JSON in a string in Teams, the words themselves in the Agents Playground, and an object in Web Chat.
    /// </remarks>
    public static Rating? Read(JsonNode? value)
    {
        if (value is not JsonObject submitted || Text(submitted["actionName"]) != "feedback" || submitted["actionValue"] is not JsonObject action) return null;
        return Text(action["reaction"]) switch
        {
            "like" => new Rating(true, Comment(action["feedback"])),
            "dislike" => new Rating(false, Comment(action["feedback"])),
            _ => null,
        };
    }

    /// <summary>The answer to <c>message/fetchTask</c>: a form for the words.</summary>
    public static JsonObject Form(bool? liked) => new()
    {
        ["task"] = new JsonObject
        {
            ["type"] = "continue",
            ["value"] = new JsonObject
            {
                ["title"] = "Your feedback",
                ["height"] = "medium",
                ["width"] = "small",
                ["card"] = new JsonObject
                {
                    ["contentType"] = Activities.Attachment.AdaptiveCard,
                    ["content"] = new JsonObject
                    {
                        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                        ["type"] = "AdaptiveCard",
                        ["version"] = "1.5",
                        ["fallbackText"] = "Your feedback",
                        ["body"] = new JsonArray(
                            new JsonObject
                            {
                                ["type"] = "Input.Text",
                                ["id"] = CommentField,
                                ["label"] = liked switch { true => "What was helpful?", false => "What was wrong or missing?", _ => "What do you think of the answer?" },
                                ["placeholder"] = "No names or other personal data, please.",
                                ["isMultiline"] = true,
                                ["maxLength"] = 2_000,
                            }),
                        ["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.Submit", ["title"] = "Send" }),
                    },
                },
            },
        },
    };

    /// <summary>Whether a <c>message/fetchTask</c> asks for the form after a thumb up, down, or neither is told.</summary>
    public static bool? Liked(JsonNode? value) => Text((value as JsonObject)?["actionValue"] is JsonObject action ? action["reaction"] : (value as JsonObject)?["reaction"]) switch
    {
        "like" => true,
        "dislike" => false,
        _ => null,
    };

    private static string? Comment(JsonNode? feedback)
    {
        if (feedback is JsonObject fields) return NullIfEmpty(Text(fields[CommentField]));
        if (Text(feedback) is not { } text) return null;
        try
        {
            if (text.AsSpan().TrimStart().StartsWith("{") && JsonNode.Parse(text, documentOptions: Shallow) is JsonObject encoded) return NullIfEmpty(Text(encoded[CommentField]));
        }
        catch (JsonException)
        {
            // Words that happen to begin with a brace.
        }

        return NullIfEmpty(text);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
