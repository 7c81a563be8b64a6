using DermAssistant.Channels;

namespace DermAssistant.Web;

/// <summary>What whoever runs the server can set, by section of the configuration.</summary>
/// <param name="Channels">From the sections <c>Conversations</c>, <c>Turns</c> and <c>DirectLine</c>.</param>
internal sealed record ServerOptions(ChannelsOptions Channels, LimitOptions Limits, ProxyOptions Proxy, ApiOptions Api);

/// <summary>Section <c>Conversations</c>.</summary>
internal sealed record ConversationSettings
{
    /// <summary>How many hours a conversation and its photos are kept after its last use.</summary>
    public double Hours { get; init; } = 24;

    /// <summary>The longer side of the copy that is kept of a photo, in pixels.</summary>
    public int KeptPhotoSide { get; init; } = 2_048;

    /// <summary>Where conversations are kept; null stands for <c>server</c> in the user's data folder (DERM_HOME).</summary>
    public string? Directory { get; init; }

    /// <summary>Where the keys they are encrypted with are kept; null stands for <c>keys</c> beside them.</summary>
    public string? KeyDirectory { get; init; }
}

/// <summary>Section <c>Turns</c>.</summary>
internal sealed record TurnSettings
{
    /// <summary>How many answers are worked on at once.</summary>
    public int Running { get; init; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>How many messages may wait.</summary>
    public int Waiting { get; init; } = 256;

    public int WaitingPerConversation { get; init; } = 8;

    /// <summary>How many megabytes of photos may wait in memory.</summary>
    public int WaitingMegabytes { get; init; } = 512;
}

/// <summary>Section <c>Limits</c>: token buckets for each address; users have limits of their own in <c>DirectLine</c>.</summary>
internal sealed record LimitOptions
{
    public int RequestsPerMinute { get; init; } = 1_200;

    public int RequestBurst { get; init; } = 300;

    /// <summary>New sessions of the page.</summary>
    public int SessionsPerMinute { get; init; } = 60;

    /// <summary>Calls of the REST API, by key or by address.</summary>
    public int ApiCallsPerMinute { get; init; } = 120;
}

/// <summary>Section <c>Proxy</c>: which proxies are believed when they say who calls and how.</summary>
internal sealed record ProxyOptions
{
    /// <summary>Addresses of proxies, or networks such as <c>10.0.0.0/8</c>; without any, forwarding headers are ignored.</summary>
    public IReadOnlyList<string> Trusted { get; init; } = [];
}

/// <summary>Section <c>Api</c>: the REST API.</summary>
internal sealed record ApiOptions
{
    /// <summary>Keys that callers show as <c>Authorization: Bearer KEY</c>, at least 32 characters each. Without any, only this machine may call.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>The most photos of one call.</summary>
    public int MaxPhotos { get; init; } = 8;
}
