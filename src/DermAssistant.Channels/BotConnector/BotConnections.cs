using System.Net;

namespace DermAssistant.Channels.BotConnector;

/// <summary>The connections the bot makes: to services it knows by name, and to where files lie.</summary>
/// <remarks>Neither follows redirects or keeps cookies.</remarks>
internal sealed class BotConnections : IDisposable
{
    private static readonly TimeSpan ServiceTimeout = TimeSpan.FromSeconds(20);

    public BotConnections(BotConnectorOptions options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        Services = new HttpClient(Handler()) { Timeout = ServiceTimeout };
        var files = Handler();
        // What is longer than allowed is not read to its end to save a connection.
        files.MaxResponseDrainSize = 0;
        files.ConnectCallback = new PublicAddresses(options.AllowLoopback, resolve).ConnectAsync;
        // Files have a time limit of their own, which covers reading them.
        Files = new HttpClient(files) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>To connectors, sign-in and key servers.</summary>
    public HttpClient Services { get; }

    /// <summary>To files, at public addresses only.</summary>
    public HttpClient Files { get; }

    public void Dispose()
    {
        Services.Dispose();
        Files.Dispose();
    }

    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 32,
    };
}
