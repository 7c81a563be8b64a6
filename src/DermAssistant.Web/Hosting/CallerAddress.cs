using System.Net.Sockets;

namespace DermAssistant.Web;

/// <summary>Whom requests are counted for.</summary>
internal static class CallerAddress
{
    /// <summary>The caller's address; of an IPv6 address the first 64 bits, which are one household's.</summary>
    public static string Of(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
