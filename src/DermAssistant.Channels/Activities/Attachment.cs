using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DermAssistant.Channels.Activities;

/// <summary>A file or card that comes with an activity.</summary>
/// <param name="ContentType">A media type; cards have types of their own.</param>
public sealed record Attachment(string? ContentType)
{
    /// <summary>The content type of an Adaptive Card.</summary>
    public const string AdaptiveCard = "application/vnd.microsoft.card.adaptive";

    public string? ContentUrl { get; init; }

    /// <summary>The content itself, for cards.</summary>
    public JsonNode? Content { get; init; }

    public string? Name { get; init; }

    public string? ThumbnailUrl { get; init; }

    /// <summary>Fields that have no name here, as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}
