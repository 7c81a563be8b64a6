using System.Security.Cryptography;

namespace DermAssistant.Web;

/// <summary>Headers that keep browsers from doing with our answers what they are not for.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, ServerOptions options)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = Shared(context) ? "cross-origin" : "same-origin";
            headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()";
            headers.XFrameOptions = "DENY";
            if (!headers.ContainsKey("Content-Security-Policy")) headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
            if (!headers.ContainsKey("Cache-Control")) headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>A nonce for one page.</summary>
    public static string Nonce() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));

    /// <summary>The policy of the page: its own script and styles, nothing from elsewhere.</summary>
    public static string PagePolicy(string nonce, HttpRequest request)
    {
        // Older Safari does not take 'self' for WebSockets.
        var sockets = $"{(request.IsHttps ? "wss" : "ws")}://{request.Host}";
        return $"default-src 'none'; base-uri 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self' 'nonce-{nonce}'; img-src 'self' blob: data:; "
            + $"font-src 'self'; connect-src 'self' blob: {sockets}; worker-src blob:; form-action 'none'; frame-ancestors 'none'";
    }

    // Pages of trusted origins show photos of their own conversations.
    private bool Shared(HttpContext context) => options.Channels.DirectLine.TrustedOrigins.Count > 0 && context.Request.Path.StartsWithSegments("/v3/directline");
}
