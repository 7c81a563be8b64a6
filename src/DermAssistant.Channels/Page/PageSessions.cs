using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace DermAssistant.Channels.Page;

/// <summary>Knows a browser again: a cookie that scripts cannot read and other sites cannot use holds its unguessable user id, encrypted.</summary>
internal sealed class PageSessions(IDataProtectionProvider provider, ChannelsOptions options, TimeProvider time)
{
    private readonly IDataProtector _protector = provider.CreateProtector("DermAssistant.PageSession.v1");

    /// <summary>The user of a request's session, or null without one.</summary>
    public string? UserOf(HttpContext context)
    {
        if (context.Request.Cookies[NameFor(context)] is not { } cookie) return null;
        try
        {
            var parts = _protector.Unprotect(cookie).Split('|');
            return parts is [var user, var end] && long.Parse(end, CultureInfo.InvariantCulture) > time.GetUtcNow().ToUnixTimeSeconds() ? user : null;
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Begins a session or goes on with it; it lasts as long as a conversation is kept.</summary>
    public void Renew(HttpContext context, string user)
    {
        var end = time.GetUtcNow() + options.ConversationLifetime;
        context.Response.Cookies.Append(
            NameFor(context),
            _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{user}|{end.ToUnixTimeSeconds()}")),
            Options(context, options.ConversationLifetime));
    }

    public static void End(HttpContext context) => context.Response.Cookies.Delete(NameFor(context), Options(context, null));

    // Over https, the prefix keeps other hosts of the domain from setting the cookie.
    private static string NameFor(HttpContext context) => context.Request.IsHttps ? "__Host-derm-session" : "derm-session";

    private static CookieOptions Options(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        IsEssential = true,
        MaxAge = lifetime,
    };
}
