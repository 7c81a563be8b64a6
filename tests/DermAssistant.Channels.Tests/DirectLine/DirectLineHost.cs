using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DermAssistant.Agent;
using DermAssistant.Channels.Conversations;
using DermAssistant.Channels.DirectLine;
using DermAssistant.Channels.Page;
using DermAssistant.Imaging;
using DermAssistant.Ontology;
using DermAssistant.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DermAssistant.Channels.Tests.DirectLine;

/// <summary>The channels behind a real server on this machine, with a scripted assistant.</summary>
internal sealed class DirectLineHost : IAsyncDisposable
{
    public const string Secret = "a secret of at least thirty-two characters";

    private readonly WebApplication _app;

    private DirectLineHost(WebApplication app, ScriptedAssistant assistant)
    {
        (_app, Assistant) = (app, assistant);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Http = NewBrowser();
    }

    public ScriptedAssistant Assistant { get; }

    public Uri Address { get; }

    public string Origin => Address.GetLeftPart(UriPartial.Authority);

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<DirectLineHost> StartAsync(ChannelsOptions? options = null, TimeProvider? time = null)
    {
        var assistant = new ScriptedAssistant();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        if (time is not null) builder.Services.AddSingleton(time);
        builder.Services
            .AddSingleton<IAssistant>(assistant)
            .AddSingleton(new PhotoGate())
            .AddSingleton(new PhotoGateOptions())
            .AddSingleton(_ => OntologyGraph.Load(TestPaths.InRepository("ontology")))
            .AddChannels(options ?? new ChannelsOptions { DirectLine = Options() })
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<Readiness>(provider, "narrator"))
            .AddRateLimiter(limiter => limiter.AddPolicy("sessions", _ => System.Threading.RateLimiting.RateLimitPartition.GetNoLimiter("")));
        var app = builder.Build();
        app.UseRouting();
        app.UseCors();
        app.UseRateLimiter();
        app.UseWebSockets();
        app.MapDirectLine();
        app.MapPageApi("sessions");
        await app.StartAsync();
        return new DirectLineHost(app, assistant);
    }

    public static DirectLineOptions Options() => new() { Secret = Secret, TrustedOrigins = ["https://portal.example"], MessageBurst = 10_000, MessagesPerMinute = 60_000 };

    /// <summary>A client with cookies of its own.</summary>
    public HttpClient NewBrowser() => new(new SocketsHttpHandler { UseCookies = true }) { BaseAddress = Address };

    /// <summary>A conversation with a user of its own.</summary>
    public async Task<DirectLineClient> BeginAsync(string? user = null)
    {
        var generated = await SendAsync(HttpMethod.Post, "/v3/directline/tokens/generate", Secret, user is null ? null : new JsonObject { ["user"] = new JsonObject { ["id"] = user } });
        var client = new DirectLineClient(this, (string)generated["token"]!);
        await client.BeginAsync();
        return client;
    }

    public async Task<JsonNode> SendAsync(HttpMethod method, string path, string? credential, JsonNode? body = null)
    {
        using var response = await RequestAsync(method, path, credential, body);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    public Task<HttpResponseMessage> RequestAsync(HttpMethod method, string path, string? credential, JsonNode? body = null, string? origin = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (credential is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (body is not null) request.Content = JsonContent.Create(body);
        return Http.SendAsync(request);
    }

    /// <summary>What is kept of a client's answers.</summary>
    public IReadOnlyList<KeptAnswer> AnswersOf(DirectLineClient client) => Services.GetRequiredService<AnswerShelf>().Of(new(DirectLineGrant.Channel, client.Conversation));

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        // Answers in the making end first.
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
