using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DermAssistant.Channels.Tests.BotConnector;

/// <summary>What the fake was sent.</summary>
internal sealed record Call(string Method, string Path, string? Authorization, JsonObject? Body, DateTimeOffset At)
{
    public string? Type => (string?)Body?["type"];

    public string? Text => (string?)Body?["text"];

    public JsonObject? Stream => Body?["entities"] is JsonArray entities ? entities.OfType<JsonObject>().FirstOrDefault(e => (string?)e["type"] == "streaminfo") : null;
}

/// <summary>Sign-in, key server, Teams connector and file server in one, on this machine. What breaks a rule of Teams is refused and written down.</summary>
internal sealed class FakeCloud : IAsyncDisposable
{
    public const string AppId = "6a9f2b1c-0000-4000-8000-00000000b07a";
    public const string Secret = "not a secret";
    public const string Tenant = "7e0d1f4a-0000-4000-8000-000000007e4a";

    private readonly WebApplication _app;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, OpenStream> _streams = new();
    private readonly ConcurrentDictionary<string, int> _inFlight = new();
    private int _tokens;
    private int _activities;

    private FakeCloud(WebApplication app, TimeProvider clock) => (_app, _clock) = (app, clock);

    public Uri Address { get; private set; } = null!;

    public string ServiceUrl => $"{Address}emea/";

    public ConcurrentQueue<Call> Calls { get; } = new();

    /// <summary>Rules that were broken.</summary>
    public ConcurrentQueue<string> Violations { get; } = new();

    public List<TokenMaker> Keys { get; } = [];

    public List<TokenMaker> EntraKeys { get; } = [];

    public int KeyFetches { get; set; }

    public int SignIns => _tokens;

    public bool KeysAreDown { get; set; }

    public HashSet<string> WithdrawnTokens { get; } = [];

    public int TokenSeconds { get; set; } = 3600;

    /// <summary>Answers a connector call before any rule does; null lets the rules answer.</summary>
    public Func<Call, (int Status, JsonObject? Body, string? RetryAfter)?> Interrupt { get; set; } = _ => null;

    /// <summary>Files by path, with what serves them.</summary>
    public Dictionary<string, Func<HttpContext, Task>> Files { get; } = [];

    public static async Task<FakeCloud> StartAsync(TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var cloud = new FakeCloud(app, clock);
        app.MapGet("/login/metadata", () => Results.Json(new JsonObject { ["issuer"] = "https://api.botframework.com", ["jwks_uri"] = new Uri(cloud.Address, "login/keys").ToString() }));
        app.MapGet("/entra/metadata", () => Results.Json(new JsonObject { ["jwks_uri"] = new Uri(cloud.Address, "entra/keys").ToString() }));
        app.MapGet("/login/keys", () => cloud.Published(cloud.Keys));
        app.MapGet("/entra/keys", () => cloud.Published(cloud.EntraKeys));
        app.MapPost("/{tenant}/oauth2/v2.0/token", cloud.SignInAsync);
        app.Map("/emea/v3/conversations/{**rest}", cloud.ConnectorAsync);
        app.Map("/files/{**rest}", cloud.FileAsync);
        app.Map("/emea/v3/attachments/{**rest}", cloud.FileAsync);
        await app.StartAsync();
        cloud.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
        return cloud;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    public IReadOnlyList<Call> CallsTo(string part) => [.. Calls.Where(call => call.Path.Contains(part, StringComparison.Ordinal))];

    /// <summary>The activities delivered to connectors, in order.</summary>
    public IReadOnlyList<Call> Activities => CallsTo("/activities");

    private IResult Published(List<TokenMaker> keys)
    {
        KeyFetches++;
        return KeysAreDown ? Results.StatusCode(503) : Results.Json(new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => (JsonNode)key.Published())]) });
    }

    private async Task<IResult> SignInAsync(HttpContext context, string tenant)
    {
        var form = await context.Request.ReadFormAsync();
        Calls.Enqueue(new Call("POST", context.Request.Path, context.Request.Headers.Authorization, null, _clock.GetUtcNow()));
        if (tenant != Tenant || form["grant_type"] != "client_credentials" || form["client_id"] != AppId || form["client_secret"] != Secret
            || form["scope"] != "https://api.botframework.com/.default")
            return Results.Json(new JsonObject { ["error"] = "invalid_client", ["error_description"] = "AADSTS7000215" }, statusCode: 401);
        // Long enough for a second caller to come along.
        await Task.Delay(50);
        return Results.Json(new JsonObject { ["token_type"] = "Bearer", ["expires_in"] = TokenSeconds, ["access_token"] = $"token-{Interlocked.Increment(ref _tokens)}" });
    }

    private bool IsTokenValid(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer token-", StringComparison.Ordinal) && !WithdrawnTokens.Contains(header["Bearer ".Length..]);

    private async Task FileAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        Calls.Enqueue(new Call("GET", path, context.Request.Headers.Authorization.ToString() is { Length: > 0 } header ? header : null, null, _clock.GetUtcNow()));
        if (path.Contains("/v3/attachments/", StringComparison.Ordinal) && !IsTokenValid(context))
        {
            context.Response.StatusCode = 401;
            return;
        }

        if (path.StartsWith("/files/", StringComparison.Ordinal) && context.Request.Headers.Authorization.Count > 0)
        {
            Violations.Enqueue("A download address was given the bot's token.");
            context.Response.StatusCode = 400;
            return;
        }

        if (Files.TryGetValue(path, out var serve)) await serve(context);
        else context.Response.StatusCode = 404;
    }

    private async Task ConnectorAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync();
        // The path as it was sent, with its escapes.
        var path = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        var call = new Call(
            context.Request.Method, path, context.Request.Headers.Authorization.ToString() is { Length: > 0 } header ? header : null, JsonNode.Parse(text) as JsonObject, _clock.GetUtcNow());
        Calls.Enqueue(call);
        var segments = path.Split('/');
        var conversation = Uri.UnescapeDataString(segments[4]);
        if (_inFlight.AddOrUpdate(conversation, 1, (_, count) => count + 1) > 1 && call.Stream is not null) Violations.Enqueue("Two calls of one stream at the same time.");
        try
        {
            var (status, body, retryAfter) = Interrupt(call)
                ?? (IsTokenValid(context) ? Answer(call, conversation, segments.Length > 6 ? Uri.UnescapeDataString(segments[6]) : null, text) : Refuse(401, "Unauthorized", "No token."));
            context.Response.StatusCode = status;
            if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
            if (body is not null)
            {
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(body.ToJsonString());
            }
        }
        finally
        {
            _inFlight.AddOrUpdate(conversation, 0, (_, count) => count - 1);
        }
    }

    private (int Status, JsonObject? Body, string? RetryAfter) Answer(Call call, string conversation, string? activity, string text)
    {
        if (text.Length * 2 > 100_000) return Refuse(413, "MessageSizeTooBig", "Message size too large.");
        if (call.Body is not { } body || call.Type is null) return Refuse(400, "BadSyntax", "No activity.");
        if (FaultOf(body) is { } fault)
        {
            Violations.Enqueue(fault);
            return Refuse(400, "BadArgument", fault);
        }

        if (call.Method == "PUT") return (200, new JsonObject { ["id"] = activity }, null);
        return call.Stream is { } info ? AnswerStream(call, conversation, info) : (201, new JsonObject { ["id"] = $"m{Interlocked.Increment(ref _activities)}" }, null);
    }

    // Rules of messages: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bot-messages-ai-generated-content.
    private static string? FaultOf(JsonObject body)
    {
        var roots = (body["entities"] as JsonArray ?? []).OfType<JsonObject>().Where(e => (string?)e["type"] == "https://schema.org/Message").ToList();
        if (roots.Count > 1) return "More than one root entity.";
        if (roots is [var root])
        {
            var citations = (root["citation"] as JsonArray ?? []).OfType<JsonObject>().ToList();
            if (citations.Count > 20) return "More than 20 citations.";
            foreach (var appearance in citations.Select(citation => citation["appearance"] as JsonObject))
            {
                if (string.IsNullOrEmpty((string?)appearance?["name"]) || string.IsNullOrEmpty((string?)appearance["abstract"])) return "A citation without name or abstract.";
                if (((string)appearance["name"]!).Length > 80 || ((string)appearance["abstract"]!).Length > 160) return "A name or abstract that is too long.";
                if (appearance["keywords"] is JsonArray keywords && (keywords.Count > 3 || keywords.Any(word => ((string)word!).Length > 28))) return "Too many or too long keywords.";
            }

            if (citations.Select(citation => (int)citation["position"]!).Distinct().Count() != citations.Count) return "Two citations with one number.";
        }

        if (body["suggestedActions"] is not null && body["attachments"] is JsonArray { Count: > 0 }) return "Suggested actions beside attachments are not shown.";
        if ((string?)body["type"] == "typing" && (body["attachments"] is not null || body["channelData"] is not null)) return "Only the last part of a stream takes attachments and feedback.";
        return null;
    }

    // Rules of streams: https://learn.microsoft.com/microsoftteams/platform/bots/streaming-ux.
    private (int Status, JsonObject? Body, string? RetryAfter) AnswerStream(Call call, string conversation, JsonObject info)
    {
        if (conversation.StartsWith("19:", StringComparison.Ordinal)) return Refuse(400, "BadArgument", "streaming api is not enabled");
        var kind = (string?)info["streamType"];
        var now = _clock.GetUtcNow();
        if ((string?)info["streamId"] is not { } id)
        {
            if (call.Type != "typing" || (int?)info["streamSequence"] != 1) return Broken("A stream that does not begin with typing number 1.");
            if (string.IsNullOrEmpty(call.Text)) return Refuse(400, "BadRequest", "Start streaming activities should include text");
            if (_streams.Values.Any(open => open.Conversation == conversation && !open.Ended)) return Refuse(403, "ContentStreamNotAllowed", "Content stream is not allowed");
            var begun = $"s{Interlocked.Increment(ref _activities)}";
            _streams[begun] = new OpenStream(conversation, now) { Last = now, Text = kind == "streaming" ? call.Text! : "" };
            return (201, new JsonObject { ["id"] = begun }, null);
        }

        if (!_streams.TryGetValue(id, out var stream)) return Refuse(404, "ActivityNotFoundInConversation", "No such stream.");
        if (stream.Ended) return Refuse(403, "ContentStreamNotAllowed", "Content stream is not allowed on an already completed streamed message");
        if (now - stream.Begun > TimeSpan.FromMinutes(2)) return Refuse(403, "ContentStreamNotAllowed", "Content stream finished due to exceeded streaming time.");
        if (now - stream.Last < TimeSpan.FromSeconds(1)) return Broken($"Two parts of a stream within {(now - stream.Last).TotalMilliseconds} ms.");
        stream.Last = now;
        if (kind is "streaming" or "final" && !(call.Text ?? "").StartsWith(stream.Text, StringComparison.Ordinal))
            return Refuse(403, "ContentStreamNotAllowed", "Request streamed content should contain the previously streamed content");
        if (kind == "final")
        {
            if (call.Type != "message" || info["streamSequence"] is not null) return Broken("A last part that is no message, or has a number.");
            stream.Ended = true;
            return (202, null, null);
        }

        if (call.Type != "typing") return Broken("A part of a stream that is not typing.");
        if ((int?)info["streamSequence"] != ++stream.Sequence) return Broken("A part of a stream out of order.");
        if (kind == "informative" && stream.Text.Length > 0) return Broken("An informative part after the text began.");
        if (kind == "informative" && call.Text!.Length > 1000) return Broken("An informative part longer than 1000 characters.");
        if (kind == "streaming") stream.Text = call.Text!;
        return (202, new JsonObject(), null);

        (int, JsonObject?, string?) Broken(string rule)
        {
            Violations.Enqueue(rule);
            return Refuse(400, "BadRequest", rule);
        }
    }

    public static (int Status, JsonObject? Body, string? RetryAfter) Refuse(int status, string code, string message) =>
        (status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } }, null);

    private sealed class OpenStream(string conversation, DateTimeOffset begun)
    {
        public string Conversation { get; } = conversation;

        public DateTimeOffset Begun { get; } = begun;

        public DateTimeOffset Last { get; set; }

        public int Sequence { get; set; } = 1;

        public string Text { get; set; } = "";

        public bool Ended { get; set; }
    }
}
