using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DermAssistant.Channels.BotConnector;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DermAssistant.Channels.Tests.BotConnector;

/// <summary>The bot endpoint as a server of its own, between a scripted desk and a fake cloud.</summary>
internal sealed class BotHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly LogLines _log;
    private readonly HttpClient _http;
    private readonly TokenMaker _key;
    private readonly WatchedQueue _queue;
    private int _activities;

    private BotHost(WebApplication app, FakeCloud cloud, LeapClock clock, ScriptedDesk desk, TokenMaker key, LogLines log)
    {
        (_app, Cloud, Clock, Desk, _key, _log) = (app, cloud, clock, desk, key, log);
        _queue = app.Services.GetRequiredService<WatchedQueue>();
        _http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
    }

    public FakeCloud Cloud { get; }

    public LeapClock Clock { get; }

    public ScriptedDesk Desk { get; }

    public IReadOnlyList<string> Log => _log.Lines;

    public TokenMaker Key => _key;

    public static async Task<BotHost> StartAsync(Func<BotConnectorOptions, BotConnectorOptions>? change = null, ChannelsOptions? channels = null, LeapClock? clock = null)
    {
        clock ??= new LeapClock();
        var cloud = await FakeCloud.StartAsync(clock);
        var key = new TokenMaker("key-1", "msteams", "webchat");
        cloud.Keys.Add(key);
        var options = Options(cloud);
        options = change?.Invoke(options) ?? options;
        var desk = new ScriptedDesk();
        var log = new LogLines();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(channels ?? new ChannelsOptions());
        builder.Services.AddSingleton<TurnQueue>();
        builder.Services.AddSingleton(provider => new WatchedQueue(provider.GetRequiredService<TurnQueue>()));
        builder.Services.AddSingleton<ITurnQueue>(provider => provider.GetRequiredService<WatchedQueue>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<TurnQueue>());
        builder.Services.AddSingleton<IChatDesk>(desk);
        builder.Services.AddBotConnector(options);
        var app = builder.Build();
        app.MapBotConnector();
        await app.StartAsync();
        return new BotHost(app, cloud, clock, desk, key, log);
    }

    public static BotConnectorOptions Options(FakeCloud cloud) => new()
    {
        AppId = FakeCloud.AppId,
        ClientSecret = FakeCloud.Secret,
        TenantId = FakeCloud.Tenant,
        AllowLoopback = true,
        ConnectorMetadata = new Uri(cloud.Address, "login/metadata"),
        EmulatorMetadata = new Uri(cloud.Address, "entra/metadata"),
        SignInAuthority = cloud.Address,
    };

    /// <summary>An activity as Teams sends it from a personal chat.</summary>
    public JsonObject Activity(string type = "message", string? text = null, string conversation = "a:chat;1", Action<JsonObject>? change = null)
    {
        var activity = new JsonObject
        {
            ["type"] = type,
            ["id"] = $"in-{Interlocked.Increment(ref _activities)}",
            ["timestamp"] = "2026-03-01T12:00:00Z",
            ["channelId"] = "msteams",
            ["serviceUrl"] = Cloud.ServiceUrl,
            ["from"] = new JsonObject { ["id"] = "29:user", ["name"] = "A User", ["aadObjectId"] = "0b3c6f0e-0000-4000-8000-0000000000aa" },
            ["recipient"] = new JsonObject { ["id"] = "28:bot", ["name"] = "DermAssistant" },
            ["conversation"] = new JsonObject { ["id"] = conversation, ["conversationType"] = "personal", ["tenantId"] = FakeCloud.Tenant },
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = FakeCloud.Tenant } },
        };
        if (text is not null) activity["text"] = text;
        change?.Invoke(activity);
        return activity;
    }

    /// <summary>The same from a group chat.</summary>
    public JsonObject GroupActivity(string text, Action<JsonObject>? change = null) => Activity("message", text, "19:group@thread.v2", activity =>
    {
        activity["conversation"]!["conversationType"] = "groupChat";
        activity["conversation"]!["isGroup"] = true;
        change?.Invoke(activity);
    });

    public JsonObject Claims() => new()
    {
        ["iss"] = "https://api.botframework.com",
        ["aud"] = FakeCloud.AppId,
        ["serviceurl"] = Cloud.ServiceUrl,
        ["nbf"] = Clock.GetUtcNow().ToUnixTimeSeconds() - 60,
        ["exp"] = Clock.GetUtcNow().ToUnixTimeSeconds() + 3600,
    };

    public Task<HttpResponseMessage> PostAsync(JsonObject activity) => PostAsync(activity.ToJsonString(), $"Bearer {_key.Sign(Claims())}");

    public async Task<HttpResponseMessage> PostAsync(string body, string? authorization, string contentType = "application/json", Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(contentType)) };
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        change?.Invoke(request);
        return await _http.SendAsync(request);
    }

    /// <summary>Posts an activity and waits until everything taken in is done.</summary>
    public async Task<HttpStatusCode> SayAsync(JsonObject activity)
    {
        using var response = await PostAsync(activity);
        await SettleAsync();
        return response.StatusCode;
    }

    /// <summary>Waits until everything taken in is done.</summary>
    public Task SettleAsync() => UntilAsync(() => _queue.IsIdle, "the queue to be empty");

    /// <summary>Waits for something another thread brings about.</summary>
    public static async Task UntilAsync(Func<bool> holds, string what)
    {
        for (var tries = 0; !holds(); tries++)
        {
            Assert.True(tries < 1500, $"Waited 30 seconds in vain: {what}.");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        await Cloud.DisposeAsync();
    }

    private sealed class WatchedQueue(TurnQueue queue) : ITurnQueue
    {
        private int _open;

        public bool IsIdle => Volatile.Read(ref _open) == 0;

        public bool TryEnter(ConversationKey conversation, Func<CancellationToken, Task> turn)
        {
            Interlocked.Increment(ref _open);
            var entered = queue.TryEnter(conversation, async token =>
            {
                try
                {
                    await turn(token);
                }
                finally
                {
                    Interlocked.Decrement(ref _open);
                }
            });
            if (!entered) Interlocked.Decrement(ref _open);
            return entered;
        }
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lines) return [.. _lines];
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines) _lines.Add($"{logLevel}: {formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
