using System.Text.Json;
using System.Text.Json.Nodes;

namespace DermAssistant.Agent;

/// <summary>Writes an answer as <c>derm ask --json</c> prints it.</summary>
public static class AnswerJson
{
    /// <summary>The answer as one JSON object: conversation, text, claims, removed, suggestions, asks, tools, evidence, models.</summary>
    public static JsonObject ToJson(Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new JsonObject
        {
            ["conversation"] = answer.Conversation,
            ["text"] = answer.Text,
            ["claims"] = new JsonArray([.. answer.Claims.Select(claim => (JsonNode)new JsonObject { ["text"] = claim.Text, ["evidence"] = Strings(claim.Evidence), ["paragraph"] = claim.Paragraph })]),
            ["removed"] = new JsonArray([.. answer.Removed.Select(removed => (JsonNode)new JsonObject { ["text"] = removed.Text, ["why"] = removed.Why })]),
            ["suggestions"] = Strings(answer.Suggestions),
            ["asks"] = answer.Asks,
            ["tools"] = Strings(answer.Tools),
            ["evidence"] = new JsonArray([.. answer.Evidence.Select(evidence => JsonSerializer.SerializeToNode(evidence, AgentJson.Options))]),
            ["models"] = new JsonObject { ["chat"] = answer.Models.Chat, ["encoder"] = answer.Models.Encoder },
        };
    }

    /// <summary>The same as indented text.</summary>
    public static string ToText(Answer answer) => ToJson(answer).ToJsonString(AgentJson.Indented);

    private static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);
}
