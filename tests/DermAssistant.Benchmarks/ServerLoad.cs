using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using DermAssistant.Imaging;

namespace DermAssistant.Benchmarks;

/// <summary>Many users at once against a running server: each sends a photo with a question, waits for the answer, and asks a follow-up.</summary>
/// <remarks>
/// Times are those of a client: from sending to the first sentence and to the whole answer, waiting in the server's queue included. What the server
/// turns away (full queue, limits) is counted, not timed.
/// </remarks>
internal sealed class ServerLoad(Uri address, string secret, int users, int rounds, byte[]? photo) : IDisposable
{
    private const string Usage = "load --address URL --secret SECRET [--users N] [--rounds N] [--photo FILE]";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1_000, UseCookies = false }) { BaseAddress = address, Timeout = Patience };
    private readonly ConcurrentBag<double> _photoFirst = [];
    private readonly ConcurrentBag<double> _photoWhole = [];
    private readonly ConcurrentBag<double> _follow = [];
    private readonly ConcurrentDictionary<string, int> _outcomes = new();

    public static async Task<int> RunAsync(string[] args)
    {
        var options = args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        if (!options.TryGetValue("--address", out var url) || !Uri.TryCreate(url, UriKind.Absolute, out var address) || !options.TryGetValue("--secret", out var secret))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        var photo = options.TryGetValue("--photo", out var file) ? await File.ReadAllBytesAsync(file) : null;
        using var load = new ServerLoad(address, secret, Number("--users", 20), Number("--rounds", 3), photo);
        return await load.RunAsync();

        int Number(string name, int otherwise) => options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }

    public void Dispose() => _http.Dispose();

    private async Task<int> RunAsync()
    {
        var begun = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, users).Select(UserAsync));
        Console.WriteLine($"{users} users, {rounds} rounds each, {begun.Elapsed.TotalSeconds:0.0} s, {Environment.ProcessorCount} processors (client and server may share them)");
        Report("photo: first sentence", _photoFirst);
        Report("photo: whole answer", _photoWhole);
        Report("follow-up: whole answer", _follow);
        foreach (var (outcome, count) in _outcomes.OrderBy(pair => pair.Key, StringComparer.Ordinal)) Console.WriteLine($"{outcome,-28}{count,8}");
        return _outcomes.Keys.Any(outcome => outcome.StartsWith("failed", StringComparison.Ordinal)) ? 1 : 0;
    }

    private async Task UserAsync(int number)
    {
        try
        {
            var generated = await PostAsync("/v3/directline/tokens/generate", secret, null);
            var begun = await PostAsync("/v3/directline/conversations", (string)generated["token"]!, new JsonObject());
            var (token, path) = ((string)begun["token"]!, $"/v3/directline/conversations/{(string)begun["conversationId"]!}");
            using var stream = new ClientWebSocket();
            using var patience = new CancellationTokenSource(Patience);
            await stream.ConnectAsync(new Uri((string)begun["streamUrl"]!), patience.Token);
            for (var round = 0; round < rounds; round++)
            {
                await AskAsync(stream, () => UploadAsync(path, token, number * rounds + round), _photoFirst, _photoWhole, patience.Token);
                await AskAsync(stream, () => PostAsync($"{path}/activities", token, new JsonObject { ["type"] = "message", ["text"] = "How sure are you?" }), null, _follow, patience.Token);
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or WebSocketException or OperationCanceledException)
        {
            Count(failure is HttpRequestException { StatusCode: { } status } ? $"failed: HTTP {(int)status}" : $"failed: {failure.GetType().Name}");
        }
    }

    private async Task AskAsync(ClientWebSocket stream, Func<Task<JsonNode>> send, ConcurrentBag<double>? first, ConcurrentBag<double> whole, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var sent = send();
        double? firstSentence = null;
        while (true)
        {
            foreach (var activity in await ReadAsync(stream, cancellationToken))
            {
                if ((string?)activity!["from"]?["role"] != "bot") continue;
                if ((string?)activity["channelData"]?["streamType"] == "streaming") firstSentence ??= clock.Elapsed.TotalSeconds;
                if ((string?)activity["type"] != "message") continue;
                await sent;
                if (activity["channelData"]?["answerId"] is null)
                {
                    Count("turned away or not answered");
                    return;
                }

                Count("answered");
                if (firstSentence is { } seconds) first?.Add(seconds);
                whole.Add(clock.Elapsed.TotalSeconds);
                return;
            }
        }
    }

    private static async Task<JsonArray> ReadAsync(ClientWebSocket stream, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[65_536];
        ValueWebSocketReceiveResult frame;
        do
        {
            frame = await stream.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (frame.MessageType == WebSocketMessageType.Close) throw new WebSocketException("The server closed the stream.");
            whole.Write(buffer, 0, frame.Count);
        }
        while (!frame.EndOfMessage);
        return whole.Length == 0 ? [] : JsonNode.Parse(whole.ToArray())!["activities"]!.AsArray();
    }

    private async Task<JsonNode> UploadAsync(string path, string token, int number)
    {
        using var form = new MultipartFormDataContent();
        var activity = new StringContent(new JsonObject { ["type"] = "message", ["text"] = "What could this be, and why?" }.ToJsonString());
        activity.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.microsoft.activity");
        form.Add(activity, "activity", "blob");
        form.Add(new ByteArrayContent(photo ?? Lesion(number)), "file", $"lesion-{number}.jpg");
        return await SendAsync($"{path}/upload", token, form);
    }

    private Task<JsonNode> PostAsync(string path, string credential, JsonNode? body) => SendAsync(path, credential, body is null ? null : JsonContent.Create(body));

    private async Task<JsonNode> SendAsync(string path, string credential, HttpContent? content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private void Count(string outcome) => _outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);

    private static void Report(string what, ConcurrentBag<double> seconds)
    {
        if (seconds.IsEmpty) return;
        var sorted = seconds.Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-28}p50 {At(0.5),7:0.00} s   p99 {At(0.99),7:0.00} s   longest {sorted[^1],7:0.00} s   n {sorted.Count}"));

        // The smallest value that at least this part of all does not exceed.
        double At(double part) => sorted[Math.Max(0, (int)Math.Ceiling(part * sorted.Count) - 1)];
    }

    // A dark spot on skin colour, 600 x 450; the number changes its size, so that no two photos are the same.
    private static byte[] Lesion(int number)
    {
        const int Width = 600;
        const int Height = 450;
        var pixels = new byte[Width * Height * 3];
        var radius = 90 + number % 97;
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var at = (y * Width + x) * 3;
                var grain = (byte)((x * 7 + y * 13 + number) % 11);
                var inside = (x - Width / 2) * (x - Width / 2) + (y - Height / 2) * (y - Height / 2) < radius * radius;
                (pixels[at], pixels[at + 1], pixels[at + 2]) = inside ? ((byte)(95 + grain), (byte)(60 + grain), (byte)(45 + grain)) : ((byte)(210 + grain), (byte)(160 + grain), (byte)(140 + grain));
            }
        }

        return new RgbImage(Width, Height, pixels).EncodeJpeg();
    }
}
