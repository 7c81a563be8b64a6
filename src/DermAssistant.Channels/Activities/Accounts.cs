using System.Text.Json;
using System.Text.Json.Serialization;

namespace DermAssistant.Channels.Activities;

/// <summary>A person or bot on a channel.</summary>
/// <param name="Role"><c>user</c>, <c>bot</c>, or null where the channel says nothing.</param>
public sealed record ChannelAccount(string? Id, string? Name = null, string? Role = null)
{
    public string? AadObjectId { get; init; }

    /// <summary>Fields that have no name here, as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

/// <summary>A conversation as its channel knows it.</summary>
public sealed record ConversationAccount(string? Id)
{
    public string? Name { get; init; }

    public bool? IsGroup { get; init; }

    /// <summary><c>personal</c>, <c>groupChat</c> or <c>channel</c> in Teams.</summary>
    public string? ConversationType { get; init; }

    public string? TenantId { get; init; }

    /// <summary>Fields that have no name here, as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}
