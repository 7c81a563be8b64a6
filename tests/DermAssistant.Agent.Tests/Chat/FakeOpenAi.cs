using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DermAssistant.Agent.Tests;

/// <summary>An OpenAI-compatible endpoint on the loopback, answering from a script.</summary>
internal sealed class FakeOpenAi : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<int, JsonObject, (HttpStatusCode Status, JsonObject? Message)> _reply;

    /// <param name="reply">From the number of the request (0, 1, ...) and its body, the status and the assistant's message.</param>
    public FakeOpenAi(Func<int, JsonObject, (HttpStatusCode Status, JsonObject? Message)> reply)
    {
        _reply = reply;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/v1");
        }

        _listener.Prefixes.Add($"http://127.0.0.1:{Endpoint.Port}/");
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public Uri Endpoint { get; }

    public List<JsonObject> Requests { get; } = [];

    public ChatModel Model(int retries = 0) => ChatModel.For(new LanguageModelOptions { Endpoint = Endpoint, Model = "fake-model", Retries = retries, Timeout = TimeSpan.FromSeconds(20) });

    public static (HttpStatusCode, JsonObject?) Says(string text) => (HttpStatusCode.OK, new JsonObject { ["role"] = "assistant", ["content"] = text });

    public static (HttpStatusCode, JsonObject?) Calls(JsonObject request, params (string Tool, string Arguments)[] calls)
    {
        var names = request["tools"]?.AsArray().Select(tool => (string)tool!["function"]!["name"]!).ToList() ?? [];
        return (HttpStatusCode.OK, new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = null,
            ["tool_calls"] = new JsonArray([.. calls.Select((call, i) => (JsonNode)new JsonObject
            {
                ["id"] = $"call{i}", ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = names.First(name => name.EndsWith(call.Tool, StringComparison.Ordinal)), ["arguments"] = call.Arguments },
            })]),
        });
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var request = JsonNode.Parse(await reader.ReadToEndAsync())!.AsObject();
            Requests.Add(request);
            var (status, message) = _reply(Requests.Count - 1, request);
            context.Response.StatusCode = (int)status;
            context.Response.ContentType = "application/json";
            var body = message is null
                ? new JsonObject { ["error"] = new JsonObject { ["message"] = "broken" } }
                : new JsonObject
                {
                    ["id"] = "x", ["object"] = "chat.completion", ["created"] = 1, ["model"] = "fake-model",
                    ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["finish_reason"] = message.ContainsKey("tool_calls") ? "tool_calls" : "stop", ["message"] = message }),
                    ["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["completion_tokens"] = 1, ["total_tokens"] = 2 },
                };
            await context.Response.OutputStream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body));
            context.Response.Close();
        }
    }
}
