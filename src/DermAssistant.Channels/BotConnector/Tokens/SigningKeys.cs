using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace DermAssistant.Channels.BotConnector;

/// <summary>The signing keys that an OpenID metadata document leads to, with their endorsements.</summary>
/// <remarks>
/// Keys are fetched when first needed and again every day; a failed renewal leaves the keys known so far in use for five days. A key id nobody knows
/// leads to a fetch at most every five minutes, so that forged tokens cannot make this server call the key server at will. Safe for concurrent use.
/// </remarks>
internal sealed class SigningKeys(HttpClient http, Uri metadata, TimeProvider clock, ILogger logger) : IDisposable
{
    private static readonly TimeSpan RenewAfter = TimeSpan.FromDays(1);
    private static readonly TimeSpan TrustFor = TimeSpan.FromDays(5);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMinutes(5);
    private const int MaxDocumentBytes = 1_000_000;

    private readonly SemaphoreSlim _fetch = new(1, 1);
    private Known _known = new([], DateTimeOffset.MinValue);
    private DateTimeOffset _tried = DateTimeOffset.MinValue;

    /// <summary>The key with this id, or null when it is not published.</summary>
    /// <exception cref="HttpRequestException">No trusted keys are at hand and none could be fetched.</exception>
    public async Task<SigningKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var known = Volatile.Read(ref _known);
        var age = clock.GetUtcNow() - known.Fetched;
        if (age < RenewAfter && known.Keys.TryGetValue(id, out var key)) return key;

        await _fetch.WaitAsync(cancellationToken);
        try
        {
            known = _known;
            var now = clock.GetUtcNow();
            var renew = now - known.Fetched >= RenewAfter || !known.Keys.ContainsKey(id);
            if (renew && now - _tried >= BetweenTries)
            {
                _tried = now;
                try
                {
                    known = new Known(await FetchAsync(cancellationToken), now);
                    Volatile.Write(ref _known, known);
                }
                catch (Exception e) when (e is HttpRequestException or JsonException or CryptographicException or FormatException
                    || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
                {
                    logger.LogWarning("The signing keys at {Metadata} could not be fetched ({Reason}); those of {Fetched:O} stay in use.", metadata, e.Message, known.Fetched);
                }
                catch (OperationCanceledException)
                {
                    // The caller left; its try does not count.
                    _tried = DateTimeOffset.MinValue;
                    throw;
                }
            }

            if (now - known.Fetched >= TrustFor) throw new HttpRequestException($"No signing keys are known: {metadata} cannot be reached.");
            return known.Keys.GetValueOrDefault(id);
        }
        finally
        {
            _fetch.Release();
        }
    }

    public void Dispose() => _fetch.Dispose();

    private async Task<Dictionary<string, SigningKey>> FetchAsync(CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(await ReadAsync(metadata, cancellationToken));
        if (!document.RootElement.TryGetProperty("jwks_uri", out var link) || !Uri.TryCreate(link.GetString(), UriKind.Absolute, out var address))
            throw new JsonException("the metadata names no jwks_uri");
        // Keys that arrive in the clear could be anybody's; only a fake on this machine may hand them out so.
        if (address.Scheme != Uri.UriSchemeHttps && !(address.IsLoopback && metadata.IsLoopback)) throw new JsonException("the metadata's jwks_uri is no https address");

        using var published = JsonDocument.Parse(await ReadAsync(address, cancellationToken));
        var keys = new Dictionary<string, SigningKey>(StringComparer.Ordinal);
        foreach (var key in published.RootElement.GetProperty("keys").EnumerateArray())
            if (Read(key) is { } read) keys[read.Key.KeyId] = read;
        return keys.Count > 0 ? keys : throw new JsonException("no RSA key is published");
    }

    private static SigningKey? Read(JsonElement key)
    {
        // Other kinds of keys, and keys for encryption, sign no tokens we take.
        if (Text(key, "kty") is { } type && type != "RSA") return null;
        if (Text(key, "use") is { } use && use != "sig") return null;
        if (Text(key, "kid") is not { Length: > 0 } id || Text(key, "n") is not { } modulus || Text(key, "e") is not { } exponent) return null;
        var endorsements = key.TryGetProperty("endorsements", out var listed) && listed.ValueKind == JsonValueKind.Array
            ? listed.EnumerateArray().Where(channel => channel.ValueKind == JsonValueKind.String).Select(channel => channel.GetString()!)
            : [];
        return new SigningKey(
            new RsaSecurityKey(new RSAParameters { Modulus = Base64UrlEncoder.DecodeBytes(modulus), Exponent = Base64UrlEncoder.DecodeBytes(exponent) }) { KeyId = id },
            endorsements.ToHashSet(StringComparer.Ordinal));

        static string? Text(JsonElement element, string name) =>
            element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private async Task<byte[]> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await CappedBody.ReadAsync(response, MaxDocumentBytes, cancellationToken)
            ?? throw new HttpRequestException($"the document is larger than {MaxDocumentBytes} bytes");
    }

    private sealed record Known(Dictionary<string, SigningKey> Keys, DateTimeOffset Fetched);
}
