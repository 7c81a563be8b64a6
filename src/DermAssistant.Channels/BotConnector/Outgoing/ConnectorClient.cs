using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using DermAssistant.Channels.Activities;

namespace DermAssistant.Channels.BotConnector;

/// <summary>Sends activities to connectors.</summary>
/// <remarks>
/// 429, 412, 502 and 504 are tried again, as is a connection that could not be made: after the time the connector asks for, else after twice as long
/// each time, with chance mixed in so that many callers do not come back together. A call that ran out of time is not repeated: the message may have
/// arrived. No redirect is followed. Safe for concurrent use.
/// </remarks>
/// <param name="http">Follows no redirects.</param>
/// <param name="chance">A number from 0 to 1.</param>
internal sealed class ConnectorClient(HttpClient http, AccessTokens tokens, AllowedHosts hosts, TimeProvider clock, Func<double> chance)
{
    private const int MaxRetries = 5;
    private const int MaxAnswerBytes = 64_000;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestAskedFor = TimeSpan.FromSeconds(60);
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 16 };

    /// <summary>Sends an activity, as a reply where <paramref name="replyTo"/> names one.</summary>
    /// <returns>Its id, or null where the connector gives none.</returns>
    /// <exception cref="ConnectorException">It was not sent, or nobody knows whether it was.</exception>
    public Task<string?> SendAsync(ConnectorAddress conversation, string? replyTo, Activity activity, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Post, conversation.Activities(replyTo), activity, cancellationToken);

    /// <summary>Replaces an activity that was sent.</summary>
    /// <exception cref="ConnectorException">It was not replaced.</exception>
    public Task<string?> UpdateAsync(ConnectorAddress conversation, string activityId, Activity activity, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Put, conversation.Activities(activityId), activity with { Id = activityId }, cancellationToken);

    private async Task<string?> CallAsync(HttpMethod method, Uri address, Activity activity, CancellationToken cancellationToken)
    {
        if (!hosts.IsConnector(address)) throw new ConnectorException($"{address.Host} is no connector this bot answers to.");
        var body = ActivityJson.Write(activity);
        var signedInAgain = false;
        for (var tries = 0; ; tries++)
        {
            var token = await tokens.GetAsync(cancellationToken);
            TimeSpan? wait;
            try
            {
                using var request = new HttpRequestMessage(method, address) { Content = new ByteArrayContent(body) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
                if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                if (response.IsSuccessStatusCode) return await IdOfAsync(response, cancellationToken);
                if (response.StatusCode == HttpStatusCode.Unauthorized && token is not null && !signedInAgain)
                {
                    // The token may have been withdrawn before its time; a new one is tried once.
                    signedInAgain = true;
                    tokens.Refused(token);
                    continue;
                }

                wait = WaitBefore(response, tries);
                if (wait is null) throw await FailureAsync(response, cancellationToken);
            }
            catch (HttpRequestException e)
            {
                var unreached = e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
                wait = unreached && tries < MaxRetries ? Backoff(tries) : throw new ConnectorException($"{address.Host} could not be reached.", inner: e);
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new ConnectorException($"{address.Host} did not answer in time.", inner: e);
            }

            await Task.Delay(wait.Value, clock, cancellationToken);
        }
    }

    private TimeSpan? WaitBefore(HttpResponseMessage response, int tries)
    {
        if (tries >= MaxRetries) return null;
        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.PreconditionFailed or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout)) return null;
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - clock.GetUtcNow(),
            _ => TimeSpan.Zero,
        };
        // Whoever is asked to wait longer than anybody waits for an answer gives up.
        if (asked > LongestAskedFor) return null;
        var backoff = Backoff(tries);
        return asked > TimeSpan.Zero ? asked + (0.25 * backoff) : backoff;
    }

    private TimeSpan Backoff(int tries)
    {
        var full = FirstWait * Math.Pow(2, tries);
        return (0.5 + (0.5 * chance())) * (full < LongestWait ? full : LongestWait);
    }

    // Teams answers parts of a stream, and messages it splits, with an empty body.
    private static async Task<string?> IdOfAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await ReadAsync(response, cancellationToken) is { } answer && answer.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 } text
            ? text
            : null;

    private static async Task<ConnectorException> FailureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var answer = await ReadAsync(response, cancellationToken);
        var error = answer is { } body && body.TryGetProperty("error", out var nested) && nested.ValueKind == JsonValueKind.Object ? nested : answer;
        var code = Text(error, "code");
        return new ConnectorException(
            $"{response.RequestMessage?.RequestUri?.Host} answered {(int)response.StatusCode}{(code is null ? "" : $" {code}")}.", response.StatusCode, code, Text(error, "message"));

        static string? Text(JsonElement? element, string name) =>
            element is { ValueKind: JsonValueKind.Object } some && some.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private static async Task<JsonElement?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = await CappedBody.ReadAsync(response, MaxAnswerBytes, cancellationToken);
        if (bytes is null or []) return null;
        try
        {
            using var document = JsonDocument.Parse(bytes, Lenient);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
