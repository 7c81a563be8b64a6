using Microsoft.AspNetCore.Http;

namespace DermAssistant.Channels.DirectLine;

/// <summary>Which pages may talk to us: our own, and those of trusted origins.</summary>
internal sealed class DirectLineOrigins(ChannelsOptions options)
{
    /// <summary>Whether a request comes from where it may; a client that is no browser sends no <c>Origin</c>.</summary>
    /// <param name="granted">The origins of the token; empty for all that are trusted.</param>
    public bool Allows(HttpRequest request, IReadOnlyList<string> granted)
    {
        if (!request.Headers.TryGetValue("Origin", out var sent)) return true;
        if (sent is not [{ Length: > 0 } origin]) return false;
        if (Same(origin, Own(request))) return true;
        return options.DirectLine.TrustedOrigins.Any(trusted => Same(trusted, origin)) && (granted.Count == 0 || granted.Any(one => Same(one, origin)));
    }

    /// <summary>Where the client reaches us.</summary>
    public static string Own(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
