using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DermAssistant.Channels.BotConnector;

/// <summary>The bot's own token for calling connectors, kept until shortly before it expires.</summary>
/// <remarks>However many callers need a token at the same time, one request is made. Safe for concurrent use.</remarks>
internal sealed class AccessTokens(BotConnectorOptions options, HttpClient http, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _signIn = new(1, 1);
    private Held? _held;

    /// <summary>A token, or null where the bot has no identity.</summary>
    /// <exception cref="ConnectorException">Signing in failed and no token at hand is valid any more.</exception>
    public async ValueTask<string?> GetAsync(CancellationToken cancellationToken)
    {
        if (!options.Authenticates) return null;
        if (Volatile.Read(ref _held) is { } held && clock.GetUtcNow() < held.RenewAt) return held.Token;

        await _signIn.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetUtcNow();
            if (_held is { } renewed && now < renewed.RenewAt) return renewed.Token;
            try
            {
                var fresh = await SignInAsync(now, cancellationToken);
                Volatile.Write(ref _held, fresh);
                return fresh.Token;
            }
            catch (ConnectorException) when (_held is { } old && now < old.ExpiresAt)
            {
                return old.Token;
            }
        }
        finally
        {
            _signIn.Release();
        }
    }

    /// <summary>Says that a connector refused this token, so that the next caller gets another.</summary>
    public void Refused(string token)
    {
        if (Volatile.Read(ref _held) is { } held && held.Token == token) Interlocked.CompareExchange(ref _held, null, held);
    }

    public void Dispose() => _signIn.Dispose();

    private async Task<Held> SignInAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var address = new Uri(options.SignInAuthority, $"{Uri.EscapeDataString(options.TenantId)}/oauth2/v2.0/token");
        try
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = options.AppId!,
                ["client_secret"] = options.ClientSecret ?? "",
                ["scope"] = options.SignInScope,
            });
            using var response = await http.PostAsync(address, form, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                var refusal = await ReadAsync<Refusal>(response, cancellationToken);
                throw new ConnectorException(
                    $"{address.Host} refused to sign the bot in ({(int)response.StatusCode} {refusal?.Error}). Check Bot:AppId, Bot:ClientSecret and Bot:TenantId.",
                    response.StatusCode, refusal?.Error);
            }

            return await ReadAsync<Granted>(response, cancellationToken) is { AccessToken: { Length: > 0 } token, ExpiresIn: > 0 and var seconds }
                ? new Held(token, now + RenewIn(TimeSpan.FromSeconds(seconds)), now + TimeSpan.FromSeconds(seconds))
                : throw new ConnectorException($"{address.Host} answered the sign-in without a token.", response.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ConnectorException($"{address.Host} could not be reached to sign the bot in.", inner: e);
        }
    }

    // A token of short life is renewed in its last quarter.
    private static TimeSpan RenewIn(TimeSpan life) => life > 4 * RenewBefore ? life - RenewBefore : 0.75 * life;

    private static async Task<T?> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(cancellationToken);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private sealed record Held(string Token, DateTimeOffset RenewAt, DateTimeOffset ExpiresAt);

    private sealed record Granted([property: JsonPropertyName("access_token")] string? AccessToken, [property: JsonPropertyName("expires_in")] long ExpiresIn);

    private sealed record Refusal([property: JsonPropertyName("error")] string? Error);
}
