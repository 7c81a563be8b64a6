namespace DermAssistant.Channels.DirectLine;

/// <summary>How Direct Line is set up.</summary>
public sealed record DirectLineOptions
{
    /// <summary>What other servers get tokens with, at least 32 characters; null lets only the product's own page in. Never reaches a browser.</summary>
    public string? Secret { get; init; }

    /// <summary>Origins besides our own whose pages may talk to us, such as <c>https://portal.example</c>.</summary>
    public IReadOnlyList<string> TrustedOrigins { get; init; } = [];

    /// <summary>How long a token is good for; it can be renewed until then. One minute at least.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long the address of a photo is good for. One minute at least.</summary>
    public TimeSpan PhotoAddressLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The largest activity, in bytes; at least 1,024.</summary>
    public int MaxActivityBytes { get; init; } = 256 * 1024;

    /// <summary>The most files of one message that are looked at; at least 1.</summary>
    public int MaxFiles { get; init; } = 8;

    /// <summary>The largest file that is looked at, in bytes; more is said in the chat. At least 100,000.</summary>
    public long MaxFileBytes { get; init; } = 20_000_000;

    /// <summary>The largest upload the server takes off the wire, in bytes; what is beyond gets status 413.</summary>
    public long MaxUploadBytes { get; init; } = 256_000_000;

    /// <summary>Activities one user may send at once, and then <see cref="MessagesPerMinute"/>.</summary>
    public int MessageBurst { get; init; } = 20;

    public int MessagesPerMinute { get; init; } = 60;

    /// <summary>Live streams one user may hold open; at least 1.</summary>
    public int MaxStreamsPerUser { get; init; } = 10;

    internal void Validate()
    {
        ChannelsOptions.Require(Secret is null or { Length: >= 32 }, "DirectLine.Secret", "give at least 32 random characters, or none");
        foreach (var origin in TrustedOrigins)
            ChannelsOptions.Require(IsOrigin(origin), $"DirectLine.TrustedOrigins ({origin})", "give scheme and host without a path, such as https://portal.example");
        ChannelsOptions.Require(TokenLifetime >= TimeSpan.FromMinutes(1), "DirectLine.TokenLifetime", "give at least one minute");
        ChannelsOptions.Require(PhotoAddressLifetime >= TimeSpan.FromMinutes(1), "DirectLine.PhotoAddressLifetime", "give at least one minute");
        ChannelsOptions.Require(MaxActivityBytes >= 1024, "DirectLine.MaxActivityBytes", "give at least 1024");
        ChannelsOptions.Require(MaxFiles >= 1, "DirectLine.MaxFiles", "give at least 1");
        ChannelsOptions.Require(MaxFileBytes >= 100_000, "DirectLine.MaxFileBytes", "give at least 100000");
        ChannelsOptions.Require(MaxUploadBytes >= MaxFileBytes, "DirectLine.MaxUploadBytes", "give at least DirectLine.MaxFileBytes");
        ChannelsOptions.Require(MessageBurst >= 1, "DirectLine.MessageBurst", "give at least 1");
        ChannelsOptions.Require(MessagesPerMinute >= 1, "DirectLine.MessagesPerMinute", "give at least 1");
        ChannelsOptions.Require(MaxStreamsPerUser >= 1, "DirectLine.MaxStreamsPerUser", "give at least 1");
    }

    internal static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        && text.Equals($"{address.Scheme}://{address.Authority}", StringComparison.OrdinalIgnoreCase);
}
