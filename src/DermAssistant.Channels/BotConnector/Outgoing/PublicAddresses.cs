using System.Net;
using System.Net.Sockets;

namespace DermAssistant.Channels.BotConnector;

/// <summary>Connects to public addresses only, whatever name led to them.</summary>
/// <remarks>
/// The name is resolved here and the connection made to the very address that was checked, so that a name cannot change its meaning in between. An
/// operator's proxy resolves names itself and is trusted to.
/// </remarks>
/// <param name="resolve">From a host name to its addresses.</param>
internal sealed class PublicAddresses(bool allowLoopback, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    private const int Networks6To4 = 0x2002;

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var throughProxy = !string.Equals(host, context.InitialRequestMessage.RequestUri?.IdnHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        var allowed = throughProxy ? addresses : [.. addresses.Where(IsAllowed)];
        if (allowed.Length == 0) throw new HttpRequestException(HttpRequestError.NameResolutionError, $"{host} leads to no public address.");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether connections to this address are made.</summary>
    public bool IsAllowed(IPAddress address) => (allowLoopback && IPAddress.IsLoopback(address)) || IsPublic(address);

    /// <summary>Whether the address belongs to the public internet, by the registries of special-purpose addresses (IANA; RFC 6890 and later).</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var b = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return (b[0], b[1], b[2]) switch
            {
                (0 or 10 or 127, _, _) => false,
                (100, >= 64 and <= 127, _) => false,
                (169, 254, _) => false,
                (172, >= 16 and <= 31, _) => false,
                (192, 0, 0 or 2) => false,
                (192, 88, 99) => false,
                (192, 168, _) => false,
                (198, 18 or 19, _) => false,
                (198, 51, 100) => false,
                (203, 0, 113) => false,
                (>= 224, _, _) => false,
                _ => true,
            };
        }

        // Networks that carry IPv4 inside lead where the inner address leads.
        var network = (b[0] << 8) | b[1];
        if (network == Networks6To4) return IsPublic(new IPAddress(b[2..6]));
        if (b is [0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, ..]) return IsPublic(new IPAddress(b[12..16]));
        // Of 2000::/3, which is all that is routed publicly: not Teredo and other protocol blocks, not documentation.
        if ((b[0] & 0xe0) != 0x20) return false;
        return (network, (b[2] << 8) | b[3]) switch
        {
            (0x2001, < 0x0200) => false,
            (0x2001, 0x0db8) => false,
            (0x3fff, < 0x1000) => false,
            _ => true,
        };
    }
}
