using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DermAssistant.Channels.Activities;

/// <summary>Buttons offered below a message.</summary>
public sealed record SuggestedActions(IReadOnlyList<CardAction> Actions)
{
    public IReadOnlyList<string>? To { get; init; }

    /// <summary>Buttons that say their own words.</summary>
    public static SuggestedActions? Saying(IReadOnlyList<string> words) =>
        words.Count == 0 ? null : new([.. words.Select(word => new CardAction("imBack", word) { Value = word })]);
}

/// <summary>A button.</summary>
/// <param name="Type"><c>imBack</c> says <see cref="Value"/> for the user, <c>openUrl</c> opens it.</param>
public sealed record CardAction(string Type, string Title)
{
    public JsonNode? Value { get; init; }

    /// <summary>Fields that have no name here, as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}
