namespace DermAssistant.Channels.BotConnector;

/// <summary>The hosts this server talks to for the bot: connectors, which get the bot's token, and file hosts, which never do.</summary>
/// <remarks>
/// Connectors are matched exactly: anybody can register a name below <c>trafficmanager.net</c>. File hosts are tenants' own names below domains in
/// which only Microsoft makes names.
/// </remarks>
internal sealed class AllowedHosts(BotConnectorOptions options)
{
    private static readonly string[] Connectors =
    [
        "smba.trafficmanager.net",
        "smba.onyx.prod.teams.trafficmanager.net",
        "smba.infra.gcc.teams.microsoft.com",
        "smba.infra.gov.teams.microsoft.us",
        "smba.infra.dod.teams.microsoft.us",
    ];

    private static readonly string[] FileDomains = [".sharepoint.com", ".sharepoint.us", ".1drv.com"];

    private readonly HashSet<string> _connectors = new([.. Connectors, .. options.ExtraConnectorHosts], StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _fileHosts = new(options.ExtraFileHosts, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the bot's token may go there.</summary>
    public bool IsConnector(Uri address) => IsLocal(address) || (IsPlainHttps(address) && _connectors.Contains(address.Host));

    /// <summary>Whether a file may be fetched from there, without a token.</summary>
    public bool IsFileHost(Uri address) =>
        IsLocal(address)
        || (IsPlainHttps(address) && (_fileHosts.Contains(address.Host) || FileDomains.Any(domain => address.Host.EndsWith(domain, StringComparison.OrdinalIgnoreCase))));

    private bool IsLocal(Uri address) => options.AllowLoopback && address is { IsAbsoluteUri: true, IsLoopback: true, Scheme: "http" or "https", UserInfo: "" };

    // A port or a name and password in an address are no business of any host listed.
    private static bool IsPlainHttps(Uri address) => address is { IsAbsoluteUri: true, Scheme: "https", IsDefaultPort: true, UserInfo: "", HostNameType: UriHostNameType.Dns };
}
