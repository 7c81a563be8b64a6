using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DermAssistant.Channels.BotConnector;

/// <summary>The bot endpoint as HTTP.</summary>
public static class BotConnectorEndpoint
{
    /// <summary>Where connectors deliver activities.</summary>
    public const string Path = "/api/messages";

    /// <summary>Maps <see cref="Path"/>. Needs <see cref="BotConnectorRegistration.AddBotConnector"/>.</summary>
    public static IEndpointConventionBuilder MapBotConnector(this IEndpointRouteBuilder app) =>
        app.MapPost(Path, (Delegate)ReceiveAsync).ExcludeFromDescription();

    private static async Task<IResult> ReceiveAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType()) return new Response(BotResponse.Error(415, "BadSyntax", "An activity is sent as application/json."));
        var options = context.RequestServices.GetRequiredService<BotConnectorOptions>();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = options.MaxActivityBytes;
        try
        {
            // Two headers are no header: which one counts would be a guess.
            var authorization = context.Request.Headers.Authorization is [var only] ? only : null;
            return new Response(await context.RequestServices.GetRequiredService<BotConnectorDoor>().ReceiveAsync(authorization, IsLocal(context), context.Request.Body, context.RequestAborted));
        }
        catch (BadHttpRequestException bad)
        {
            return new Response(BotResponse.Error(bad.StatusCode, "BadSyntax", "The body could not be read."));
        }
    }

    // A tunnel or proxy on this machine hands in what others sent, and says so.
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && !context.Request.Headers.ContainsKey("Forwarded") && !context.Request.Headers.ContainsKey("X-Forwarded-For");

    private sealed class Response(BotResponse answer) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = answer.Status;
            if (answer.Status == 401) response.Headers.WWWAuthenticate = "Bearer";
            if (answer.RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (answer.Body is null) return;
            response.ContentType = "application/json; charset=utf-8";
            await response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.Body.ToJsonString(JsonSerializerOptions.Web)), httpContext.RequestAborted);
        }
    }
}
