using DermAssistant.Channels;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DermAssistant.Web;

/// <summary>What a load balancer asks: whether the process lives, and whether it can answer.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => TypedResults.Text("alive")).ExcludeFromDescription();
        app.MapGet("/readyz", Ready).ExcludeFromDescription();
    }

    private static Results<Ok<HealthReport>, JsonHttpResult<HealthReport>> Ready(Readiness readiness) => readiness.Missing is { } missing
        ? TypedResults.Json(new HealthReport("notReady", missing), statusCode: StatusCodes.Status503ServiceUnavailable)
        : TypedResults.Ok(new HealthReport("ready", null));
}

/// <param name="Reason">What is missing, or null.</param>
internal sealed record HealthReport(string Status, string? Reason);
