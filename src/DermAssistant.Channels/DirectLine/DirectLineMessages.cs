using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DermAssistant.Channels.Activities;

namespace DermAssistant.Channels.DirectLine;

/// <summary>What <c>tokens/generate</c> and <c>conversations</c> may be sent.</summary>
internal sealed record ConversationRequest(ChannelAccount? User, IReadOnlyList<string>? TrustedOrigins);

/// <summary>A conversation and how to take part in it.</summary>
internal sealed record ConversationReply(
    string ConversationId,
    string Token,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    string? StreamUrl = null);

/// <summary>Activities and where the client stands once it has them.</summary>
internal sealed record ActivitySet(IReadOnlyList<Activity> Activities, string? Watermark);

/// <summary>The id an activity was given.</summary>
internal sealed record ResourceReply(string Id);

/// <summary>Generated code for what Direct Line reads and writes.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConversationRequest))]
[JsonSerializable(typeof(ConversationReply))]
[JsonSerializable(typeof(ActivitySet))]
[JsonSerializable(typeof(ResourceReply))]
[JsonSerializable(typeof(DirectLineError))]
internal sealed partial class DirectLineJson : JsonSerializerContext
{
    public static DirectLineJson Relaxed { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
