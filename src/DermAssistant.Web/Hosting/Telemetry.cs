using DermAssistant.Channels;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace DermAssistant.Web;

/// <summary>Traces and metrics for whoever runs the server. They hold times, counts and kinds, never what was said, sent or answered.</summary>
internal static class Telemetry
{
    /// <summary>Collects always and sends where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing
                .AddSource(ChannelTelemetry.Name)
                .AddAspNetCoreInstrumentation(requests =>
                {
                    // A probe every few seconds says nothing; streams last for hours.
                    requests.Filter = context => !context.WebSockets.IsWebSocketRequest && context.Request.Path.Value is not ("/healthz" or "/readyz");
                    requests.EnrichWithHttpRequest = (activity, _) => Forget(activity);
                    requests.EnrichWithHttpResponse = (activity, _) => Forget(activity);
                }))
            .WithMetrics(metrics => metrics.AddMeter(ChannelTelemetry.Name).AddAspNetCoreInstrumentation());
        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.WithTracing(tracing => tracing.AddOtlpExporter()).WithMetrics(metrics => metrics.AddOtlpExporter());
        }
    }

    // Paths name conversations, queries hold what opens streams and photos; the route is enough.
    private static void Forget(System.Diagnostics.Activity activity)
    {
        foreach (var tag in (ReadOnlySpan<string>)["url.path", "url.query", "user_agent.original", "client.address", "network.peer.address"]) activity.SetTag(tag, null);
    }
}
