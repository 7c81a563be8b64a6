using System.Security.Cryptography;
using System.Text;

namespace DermAssistant.Web;

/// <summary>Who calls the REST API.</summary>
internal static class ApiKey
{
    private const string Scheme = "Bearer ";

    /// <summary>The hash of the key a request shows, whether it is a good one or not; null without one. Nothing else is kept of keys.</summary>
    public static string? Of(HttpContext context) =>
        context.Request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? Hash(header[Scheme.Length..].Trim()) : null;

    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
