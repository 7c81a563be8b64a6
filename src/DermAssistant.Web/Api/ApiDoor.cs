using System.Net;

namespace DermAssistant.Web;

/// <summary>Lets in who shows a key; where there are no keys, only this machine.</summary>
internal sealed class ApiDoor(ServerOptions options) : IEndpointFilter
{
    /// <summary>The user that conversations of the API belong to.</summary>
    public const string LocalUser = "local";

    private readonly HashSet<string> _keys = [.. options.Api.Keys.Select(ApiKey.Hash)];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (_keys.Count > 0)
        {
            // Hashes are compared, so that time tells nothing of a key.
            if (ApiKey.Of(http) is not { } key || !_keys.Contains(key))
                return Problems.Of(StatusCodes.Status401Unauthorized, "The request shows no key that is good here.", "Send the header \"Authorization: Bearer KEY\" with one of the keys in Api:Keys.");
        }
        else if (!IsLocal(http))
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "Without a key, only programs on the server itself may call.", "Set Api:Keys and send one of the keys as \"Authorization: Bearer KEY\".");
        }

        try
        {
            return await next(context);
        }
        catch (FormException failure)
        {
            return Problems.BadInput(failure.Message, failure.Hint);
        }
        catch (Exception failure) when (Problems.Of(failure) is { } problem)
        {
            return problem;
        }
    }

    // A proxy on this machine hands in what others sent, and says so. Browsers send where their page comes from: pages have no business here.
    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded") && !http.Request.Headers.ContainsKey("Origin");
}
