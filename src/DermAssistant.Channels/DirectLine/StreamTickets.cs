using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace DermAssistant.Channels.DirectLine;

/// <summary>Opens streams: browsers cannot send a header with a WebSocket, and a token in an address would end up in logs.</summary>
/// <remarks>A ticket is good once, for a minute.</remarks>
internal sealed class StreamTickets(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, (DirectLineGrant Grant, DateTimeOffset Expires)> _open = new(StringComparer.Ordinal);

    public string Issue(DirectLineGrant grant)
    {
        var now = time.GetUtcNow();
        foreach (var (old, entry) in _open)
            if (entry.Expires <= now) _open.TryRemove(old, out _);
        var ticket = RandomNumberGenerator.GetHexString(48, lowercase: true);
        _open[ticket] = (grant, now + Lifetime);
        return ticket;
    }

    /// <summary>What a ticket opens, or null for one that is unknown, used or too old.</summary>
    public DirectLineGrant? Redeem(string? ticket) =>
        ticket is not null && _open.TryRemove(ticket, out var entry) && entry.Expires > time.GetUtcNow() ? entry.Grant : null;
}
