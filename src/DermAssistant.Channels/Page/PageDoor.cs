using DermAssistant.Channels.DirectLine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DermAssistant.Channels.Page;

/// <summary>Keeps other sites from acting for a visitor: what changes something has to come from our own page.</summary>
internal sealed class PageDoor : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (HttpMethods.IsGet(request.Method) || string.Equals(request.Headers.Origin, DirectLineOrigins.Own(request), StringComparison.OrdinalIgnoreCase)) return await next(context);
        return PageProblem.Of(
            StatusCodes.Status403Forbidden,
            "The request does not come from this server's own page.",
            "Open the page at this server's address. Behind a proxy that ends TLS, name the proxy in Proxy:Trusted.");
    }
}

/// <summary>A failure as ProblemDetails with a remedy.</summary>
internal static class PageProblem
{
    public static ProblemHttpResult Of(int status, string detail, string remedy) =>
        TypedResults.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["remedy"] = remedy });

    public static ProblemHttpResult NoSession() => Of(StatusCodes.Status401Unauthorized, "There is no session.", "Load the page again.");

    public static ProblemHttpResult NotHere(string what) => Of(StatusCodes.Status404NotFound, $"There is no such {what}.", "It has expired, was erased, or belongs to another browser. Load the page again.");
}
