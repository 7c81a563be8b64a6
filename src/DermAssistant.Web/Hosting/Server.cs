using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.HttpOverrides;

namespace DermAssistant.Web;

/// <summary>What every part of the server shares: limits, headers, telemetry, failures.</summary>
internal static class Server
{
    /// <summary>The rate limit of new sessions.</summary>
    public const string SessionLimit = "sessions";

    /// <summary>The rate limit of the REST API.</summary>
    public const string ApiLimit = "api";

    private const int MaxBodyBytes = 1_000_000;

    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(60);

    /// <summary>Settings and page lie beside the program, wherever it is started from.</summary>
    public static WebApplicationOptions Places(string[] args) => new()
    {
        Args = args,
        ContentRootPath = AppContext.BaseDirectory,
        WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
    };

    public static void AddServerDefaults(this WebApplicationBuilder builder, ServerOptions options)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        // Addresses of streams and photos hold what opens them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeToStop);
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context => Problems.Complete(context.ProblemDetails));
        builder.Services.AddRateLimiter(limiter => Limit(limiter, options));
        builder.Services.AddOpenApi("v1", ApiDescription.Describe);
        builder.Services.AddSingleton<PackRooms>();
        builder.AddTelemetry();
    }

    public static void UseServerDefaults(this WebApplication app, ServerOptions options)
    {
        if (options.Proxy.Trusted.Count > 0) app.UseForwardedHeaders(Forwarding(options.Proxy));
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseMiddleware<SecurityHeaders>();
        if (!app.Environment.IsDevelopment()) app.UseHsts();
        app.UseRouting();
        app.UseCors();
        app.UseRateLimiter();
        app.UseWebSockets();
    }

    private static ForwardedHeadersOptions Forwarding(ProxyOptions proxy)
    {
        var forwarding = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = null,
        };
        forwarding.KnownProxies.Clear();
        forwarding.KnownIPNetworks.Clear();
        foreach (var trusted in proxy.Trusted)
        {
            if (IPAddress.TryParse(trusted, out var address)) forwarding.KnownProxies.Add(address);
            else forwarding.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(trusted));
        }

        return forwarding;
    }

    private static void Limit(Microsoft.AspNetCore.RateLimiting.RateLimiterOptions limiter, ServerOptions options)
    {
        var limits = options.Limits;
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (context, _) =>
        {
            var seconds = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
            context.HttpContext.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => context.Request.Path.StartsWithSegments("/healthz") || context.Request.Path.StartsWithSegments("/readyz")
            ? RateLimitPartition.GetNoLimiter("")
            : Bucket(CallerAddress.Of(context), limits.RequestBurst, limits.RequestsPerMinute));
        limiter.AddPolicy(SessionLimit, context => Bucket(CallerAddress.Of(context), limits.SessionsPerMinute, limits.SessionsPerMinute));
        limiter.AddPolicy(ApiLimit, context => Bucket(ApiKey.Of(context) ?? CallerAddress.Of(context), limits.ApiCallsPerMinute, limits.ApiCallsPerMinute));
    }

    private static RateLimitPartition<string> Bucket(string who, int burst, int perMinute) => RateLimitPartition.GetTokenBucketLimiter(who, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = burst,
        TokensPerPeriod = Math.Max(1, perMinute / 60),
        ReplenishmentPeriod = perMinute >= 60 ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1) / perMinute,
        QueueLimit = 0,
    });
}
