using System.Globalization;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace DermAssistant.Channels.Tests.DirectLine;

/// <summary>One user in one conversation, as a client library would act.</summary>
internal sealed class DirectLineClient(DirectLineHost host, string token)
{
    public string Token { get; private set; } = token;

    public string Conversation { get; set; } = "";

    public string StreamUrl { get; private set; } = "";

    public string Base => $"/v3/directline/conversations/{Conversation}";

    public async Task BeginAsync() => Take(await host.SendAsync(HttpMethod.Post, "/v3/directline/conversations", Token, new JsonObject { ["user"] = new JsonObject() }));

    public async Task ResumeAsync(string watermark) => Take(await host.SendAsync(HttpMethod.Get, $"{Base}?watermark={watermark}", Token));

    /// <summary>Says something.</summary>
    /// <returns>The id it was given.</returns>
    public async Task<string> SayAsync(string text, JsonObject? channelData = null) => (string)(await host.SendAsync(HttpMethod.Post, $"{Base}/activities", Token, Message(text, channelData)))["id"]!;

    public Task<HttpResponseMessage> UploadAsync(string? text, params (string Name, string Type, byte[] Bytes)[] files)
    {
        var form = new MultipartFormDataContent();
        var activity = new StringContent(Message(text, new JsonObject { ["clientActivityID"] = "upload-1" }).ToJsonString());
        activity.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.microsoft.activity");
        form.Add(activity, "activity", "blob");
        foreach (var (name, type, bytes) in files)
        {
            var part = new ByteArrayContent(bytes);
            part.Headers.ContentType = new MediaTypeHeaderValue(type);
            form.Add(part, "file", name);
        }

        var request = new HttpRequestMessage(HttpMethod.Post, $"{Base}/upload?userId=whatever") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return host.Http.SendAsync(request);
    }

    /// <summary>What was said after a watermark, as a polling client gets it.</summary>
    public async Task<(IReadOnlyList<JsonObject> Activities, string Watermark)> PollAsync(string? watermark = null)
    {
        var set = await host.SendAsync(HttpMethod.Get, $"{Base}/activities{(watermark is null ? "" : $"?watermark={watermark}")}", Token);
        return ([.. set["activities"]!.AsArray().Select(activity => activity!.AsObject())], (string)set["watermark"]!);
    }

    /// <summary>Polls until the bot has said so many things, and gives those.</summary>
    public async Task<IReadOnlyList<JsonObject>> AnswersAsync(int count = 1)
    {
        for (var i = 0; i < 400; i++)
        {
            var said = (await PollAsync()).Activities.Where(FromBot).ToList();
            if (said.Count >= count) return said;
            await Task.Delay(25);
        }

        throw new TimeoutException($"The bot did not say {count} things.");
    }

    public async Task<DirectLineSocket> ConnectAsync(string? origin = null) => await DirectLineSocket.OpenAsync(StreamUrl, origin);

    public static bool FromBot(JsonObject activity) => (string?)activity["from"]?["role"] == "bot";

    private static JsonObject Message(string? text, JsonObject? channelData) => new()
    {
        ["type"] = "message",
        ["text"] = text,
        ["from"] = new JsonObject { ["id"] = "dl_somebody-else", ["role"] = "bot", ["name"] = "Mallory" },
        ["channelId"] = "msteams",
        ["serviceUrl"] = "https://evil.example",
        ["conversation"] = new JsonObject { ["id"] = "another" },
        ["recipient"] = new JsonObject { ["id"] = "another" },
        ["id"] = "chosen-by-the-client",
        ["channelData"] = channelData,
    };

    private void Take(JsonNode reply)
    {
        Conversation = (string)reply["conversationId"]!;
        Token = (string)reply["token"]!;
        StreamUrl = (string)reply["streamUrl"]!;
    }
}

/// <summary>A stream that collects what it is sent.</summary>
internal sealed class DirectLineSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly List<JsonObject> _activities = [];

    public IReadOnlyList<JsonObject> Activities => _activities;

    public string Watermark { get; private set; } = "";

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public static async Task<DirectLineSocket> OpenAsync(string url, string? origin)
    {
        var stream = new DirectLineSocket();
        if (origin is not null) stream._socket.Options.SetRequestHeader("Origin", origin);
        await stream._socket.ConnectAsync(new Uri(url), CancellationToken.None);
        return stream;
    }

    /// <summary>Reads until what was received fulfils a condition.</summary>
    public async Task UntilAsync(Func<IReadOnlyList<JsonObject>, bool> enough)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!enough(_activities))
            if (!await ReadAsync(patience.Token)) throw new InvalidOperationException($"The stream ended ({_socket.CloseStatus}) before that.");
    }

    /// <summary>Reads until the server closes.</summary>
    public async Task UntilClosedAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await ReadAsync(patience.Token))
        {
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[65_536];
        ValueWebSocketReceiveResult frame;
        using var whole = new MemoryStream();
        do
        {
            frame = await _socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (frame.MessageType == WebSocketMessageType.Close) return false;
            whole.Write(buffer, 0, frame.Count);
        }
        while (!frame.EndOfMessage);
        if (whole.Length == 0) return true;
        var set = JsonNode.Parse(whole.ToArray())!;
        _activities.AddRange(set["activities"]!.AsArray().Select(activity => activity!.AsObject()));
        if ((string?)set["watermark"] is { } watermark)
        {
            Assert.True(Watermark.Length == 0 || long.Parse(watermark, CultureInfo.InvariantCulture) >= long.Parse(Watermark, CultureInfo.InvariantCulture), "A watermark went back.");
            Watermark = watermark;
        }

        return true;
    }
}
