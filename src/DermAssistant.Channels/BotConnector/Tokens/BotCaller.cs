namespace DermAssistant.Channels.BotConnector;

/// <summary>Who calls the bot endpoint, as its token proves.</summary>
/// <param name="Kind">What the token is.</param>
/// <param name="ServiceUrl">The connector the token speaks for; null except for connector tokens.</param>
/// <param name="Endorsements">The channels the signing key may speak for; empty except for connector tokens.</param>
internal sealed record BotCaller(BotCallerKind Kind, string? ServiceUrl, IReadOnlySet<string> Endorsements)
{
    /// <summary>The caller where no token is asked for.</summary>
    public static BotCaller Anonymous { get; } = new(BotCallerKind.Anonymous, null, new HashSet<string>());

    /// <summary>Checks that the caller may send this activity.</summary>
    /// <exception cref="TokenRejectedException">The activity comes from another connector or channel than the token speaks for.</exception>
    public void Permit(string? channelId, string? serviceUrl)
    {
        if (Kind != BotCallerKind.Connector) return;
        if (!string.Equals(ServiceUrl, serviceUrl, StringComparison.OrdinalIgnoreCase))
            throw TokenRejectedException.Forbidden("The activity's serviceUrl is not the one the token was made for.");
        if (string.IsNullOrWhiteSpace(channelId) || !Endorsements.Contains(channelId))
            throw TokenRejectedException.Forbidden("The key that signed the token is not endorsed for the activity's channel.");
    }
}

/// <summary>What a caller's token is.</summary>
internal enum BotCallerKind
{
    /// <summary>No token, which is enough in development without an application id.</summary>
    Anonymous,

    /// <summary>A token of the Bot Connector.</summary>
    Connector,

    /// <summary>A token of the Emulator, signed by Entra for this bot.</summary>
    Emulator,
}
