namespace DermAssistant.Channels.BotConnector;

/// <summary>How the bot endpoint is set up: who may call it, as whom it answers, and its limits.</summary>
/// <remarks>The addresses are those of Microsoft's public cloud; another cloud, or a test, gives its own.</remarks>
public sealed record BotConnectorOptions
{
    /// <summary>The bot's application (client) id in Microsoft Entra, or null to take activities without a token, which only development on this machine may do.</summary>
    public string? AppId { get; init; }

    /// <summary>The application's client secret, or null without an <see cref="AppId"/>.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The application's tenant, or <c>botframework.com</c> for a multi-tenant bot of old.</summary>
    public string TenantId { get; init; } = "botframework.com";

    /// <summary>Tenants whose users are answered; empty for all that the registration lets in.</summary>
    public IReadOnlyList<string> AllowedTenants { get; init; } = [];

    /// <summary>Whether tokens of the Bot Framework Emulator and of other clients signed in to Entra as this bot are taken too.</summary>
    public bool AllowEmulator { get; init; }

    /// <summary>Whether plain http to this machine is allowed, for a connector or a file server that runs here. The host sets it in development only.</summary>
    public bool AllowLoopback { get; init; }

    /// <summary>The issuer of Bot Connector tokens.</summary>
    public string ConnectorIssuer { get; init; } = "https://api.botframework.com";

    /// <summary>Where the signing keys of Bot Connector tokens are published.</summary>
    public Uri ConnectorMetadata { get; init; } = new("https://login.botframework.com/v1/.well-known/openidconfiguration");

    /// <summary>Where the signing keys of Entra, which signs Emulator tokens, are published.</summary>
    public Uri EmulatorMetadata { get; init; } = new("https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration");

    /// <summary>Where the bot signs in; the tenant and <c>/oauth2/v2.0/token</c> are appended.</summary>
    public Uri SignInAuthority { get; init; } = new("https://login.microsoftonline.com/");

    /// <summary>What the bot asks to be let into.</summary>
    public string SignInScope { get; init; } = "https://api.botframework.com/.default";

    /// <summary>Hosts of connectors besides those of Teams; each is matched exactly.</summary>
    public IReadOnlyList<string> ExtraConnectorHosts { get; init; } = [];

    /// <summary>Hosts of attached files besides OneDrive and SharePoint; each is matched exactly.</summary>
    public IReadOnlyList<string> ExtraFileHosts { get; init; } = [];

    /// <summary>The largest activity taken, in bytes.</summary>
    public int MaxActivityBytes { get; init; } = 1_000_000;

    /// <summary>The largest photo fetched, in bytes. What is larger is not read to its end.</summary>
    public long MaxPhotoBytes { get; init; } = 20_000_000;

    /// <summary>How long fetching one photo may take.</summary>
    public TimeSpan PhotoTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a token is asked for.</summary>
    internal bool Authenticates => !string.IsNullOrWhiteSpace(AppId);

    /// <summary>Checks every value.</summary>
    /// <param name="development">Whether the host runs in its development environment.</param>
    /// <param name="loopbackOnly">Whether the host listens on this machine's own addresses only.</param>
    /// <exception cref="ChannelSetupException">A value cannot be used; the message names it.</exception>
    public void Validate(bool development, bool loopbackOnly)
    {
        if (!Authenticates && !(development && loopbackOnly))
        {
            throw new ChannelSetupException(
                "The bot endpoint has no application id, so it could not tell Teams from anybody else.",
                "Set Bot:AppId, Bot:ClientSecret and Bot:TenantId (docs/teams.md says where they come from), set Bot:Enabled to false to run without the bot endpoint, "
                + "or, to try it on this machine, run in the Development environment on a loopback address.");
        }

        if (AllowLoopback && !development)
            throw new ChannelSetupException("Bot:AllowLoopback is set outside development.", "Remove it: only a connector on this machine needs it.");
        if (Authenticates)
        {
            Require(Guid.TryParse(AppId, out _), nameof(AppId), "give the application (client) id, a GUID");
            Require(!string.IsNullOrWhiteSpace(ClientSecret), nameof(ClientSecret), "give the application's client secret");
            Require(!string.IsNullOrWhiteSpace(TenantId) && !TenantId.AsSpan().ContainsAny("/?#% "), nameof(TenantId), "give the tenant's GUID or domain");
        }

        foreach (var (address, name) in new[] { (ConnectorMetadata, nameof(ConnectorMetadata)), (EmulatorMetadata, nameof(EmulatorMetadata)), (SignInAuthority, nameof(SignInAuthority)) })
            Require(address is { IsAbsoluteUri: true } && (address.Scheme == Uri.UriSchemeHttps || (address.IsLoopback && development)), name, "give an absolute https address");
        Require(!string.IsNullOrWhiteSpace(ConnectorIssuer), nameof(ConnectorIssuer), "give the issuer of connector tokens");
        Require(!string.IsNullOrWhiteSpace(SignInScope), nameof(SignInScope), "give a scope");
        foreach (var (hosts, name) in new[] { (ExtraConnectorHosts, nameof(ExtraConnectorHosts)), (ExtraFileHosts, nameof(ExtraFileHosts)) })
            foreach (var host in hosts)
                Require(Uri.CheckHostName(host) == UriHostNameType.Dns, name, $"give host names without scheme, port or wildcard; \"{host}\" is none");
        Require(MaxActivityBytes >= 1_000, nameof(MaxActivityBytes), "give at least 1000");
        Require(MaxPhotoBytes is >= 1_000 and <= int.MaxValue, nameof(MaxPhotoBytes), "give 1000 to 2147483647");
        Require(PhotoTimeout > TimeSpan.Zero && PhotoTimeout <= TimeSpan.FromMinutes(10), nameof(PhotoTimeout), "give a time of up to ten minutes");
    }

    private static void Require(bool holds, string option, string remedy)
    {
        if (!holds) throw new ChannelSetupException($"The bot's option {option} cannot be used.", $"For Bot:{option}, {remedy}.");
    }
}
