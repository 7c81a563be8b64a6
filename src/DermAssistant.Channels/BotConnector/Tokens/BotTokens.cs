using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DermAssistant.Channels.BotConnector;

/// <summary>Checks the tokens callers of the bot endpoint bring, by the published rules of the Bot Connector.</summary>
/// <remarks>
/// Rules: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication. A key without endorsements endorses
/// nothing. What belongs to the activity (channel, service URL) is checked by <see cref="BotCaller.Permit"/> once the body is read; nothing of a body
/// is read before its sender's token has been checked.
/// </remarks>
internal sealed class BotTokens : IDisposable
{
    private const int MaxTokenLength = 16_384;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);
    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512];

    // The tenants Microsoft issues Emulator tokens from: public cloud with the two generations of tokens, and US government.
    private static readonly string[] EmulatorIssuers =
    [
        .. new[] { "d6d49420-f39b-4df7-a1dc-d59a935871db", "f8cdef31-a31e-4b4a-93e4-5f571e91255a", "69e9b82d-4842-4902-8d1e-abc5b98a55e8" }.SelectMany(IssuersOf),
        "https://sts.windows.net/cab8a31a-1906-4287-a0d8-4eef66b95f6e/",
        "https://login.microsoftonline.us/cab8a31a-1906-4287-a0d8-4eef66b95f6e/v2.0",
    ];

    private readonly BotConnectorOptions _options;
    private readonly SigningKeys _connectorKeys;
    private readonly SigningKeys _emulatorKeys;
    private readonly HashSet<string> _emulatorIssuers;
    private readonly TimeProvider _clock;
    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxTokenLength };

    public BotTokens(BotConnectorOptions options, HttpClient http, TimeProvider clock, ILogger logger)
    {
        (_options, _clock) = (options, clock);
        _connectorKeys = new SigningKeys(http, options.ConnectorMetadata, clock, logger);
        _emulatorKeys = new SigningKeys(http, options.EmulatorMetadata, clock, logger);
        _emulatorIssuers = [.. EmulatorIssuers, .. IssuersOf(options.TenantId)];
    }

    /// <summary>Who sends a request with this Authorization header.</summary>
    /// <exception cref="TokenRejectedException">The header or its token breaks a rule.</exception>
    /// <exception cref="HttpRequestException">The signing keys could not be fetched.</exception>
    public async Task<BotCaller> AuthenticateAsync(string? authorization, CancellationToken cancellationToken)
    {
        if (!_options.Authenticates) return BotCaller.Anonymous;
        var token = Read(authorization);
        var emulator = _emulatorIssuers.Contains(token.Issuer);
        if (emulator && !_options.AllowEmulator) throw TokenRejectedException.Unauthorized("Emulator tokens are not taken here.");
        if (!emulator && token.Issuer != _options.ConnectorIssuer) throw TokenRejectedException.Unauthorized("The token's issuer is not one that is taken here.");

        var key = await (emulator ? _emulatorKeys : _connectorKeys).FindAsync(token.Kid, cancellationToken)
            ?? throw TokenRejectedException.Unauthorized("The key the token names is not published.");
        var outcome = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = token.Issuer,
            // Checked below: of a list of audiences, which no issuer here makes, the handler would take any.
            ValidateAudience = false,
            IssuerSigningKey = key.Key,
            TryAllIssuerSigningKeys = false,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            LifetimeValidator = IsInTime,
        });
        if (!outcome.IsValid) throw TokenRejectedException.Unauthorized(RuleOf(outcome.Exception));
        using var claims = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        if (Claim(claims.RootElement, "aud") != _options.AppId) throw TokenRejectedException.Unauthorized("The token is for another bot.");
        // The handler reads times in words, which no issuer here writes.
        if (!IsNumber(claims.RootElement, "exp") || (claims.RootElement.TryGetProperty("nbf", out _) && !IsNumber(claims.RootElement, "nbf")))
            throw TokenRejectedException.Unauthorized("The token is not valid at this time.");
        if (IsOfAnotherAgent(claims.RootElement)) throw TokenRejectedException.Unauthorized("Tokens of other agents are not taken here.");
        return emulator ? Emulator(claims.RootElement) : Connector(claims.RootElement, key);
    }

    public void Dispose()
    {
        _connectorKeys.Dispose();
        _emulatorKeys.Dispose();
    }

    private static JsonWebToken Read(string? authorization)
    {
        // Exactly "Bearer" and a token, as the connector sends it.
        if (authorization?.Split(' ') is not ["Bearer", { Length: > 0 and <= MaxTokenLength } text])
            throw TokenRejectedException.Unauthorized("The Authorization header is not \"Bearer\" and a token.");
        JsonWebToken token;
        try
        {
            token = new JsonWebToken(text);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            throw TokenRejectedException.Unauthorized("The token is malformed.");
        }

        if (token.IsEncrypted || !Algorithms.Contains(token.Alg)) throw TokenRejectedException.Unauthorized("The token is not signed with RS256, RS384 or RS512.");
        if (string.IsNullOrEmpty(token.Kid)) throw TokenRejectedException.Unauthorized("The token does not name its signing key.");
        // An extension that must be understood, and is not (RFC 7515, section 4.1.11).
        if (token.TryGetHeaderValue<object>("crit", out _)) throw TokenRejectedException.Unauthorized("The token has critical extensions.");
        return token;
    }

    private bool IsInTime(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        return expires is { } end && now < Later(end) && (notBefore is not { } begin || Later(now) >= begin);

        static DateTime Later(DateTime time) => time > DateTime.MaxValue - ClockSkew ? DateTime.MaxValue : time + ClockSkew;
    }

    // As the SDK tells them: issued to one application for another.
    private static bool IsOfAnotherAgent(JsonElement claims) =>
        Claim(claims, "ver") switch { "1.0" => Claim(claims, "appid"), "2.0" => Claim(claims, "azp"), _ => null } is { Length: > 0 } application
        && application != Claim(claims, "aud");

    private static BotCaller Connector(JsonElement claims, SigningKey key) =>
        Claim(claims, "serviceurl") is { Length: > 0 } serviceUrl
            ? new BotCaller(BotCallerKind.Connector, serviceUrl, key.Endorsements)
            : throw TokenRejectedException.Unauthorized("The token has no serviceurl.");

    private BotCaller Emulator(JsonElement claims)
    {
        var claim = Claim(claims, "ver") switch
        {
            "1.0" => "appid",
            "2.0" => "azp",
            _ => throw TokenRejectedException.Unauthorized("The token's version is neither 1.0 nor 2.0."),
        };
        return Claim(claims, claim) == _options.AppId
            ? new BotCaller(BotCallerKind.Emulator, null, new HashSet<string>())
            : throw TokenRejectedException.Unauthorized("The token was issued to another application.");
    }

    private static string? Claim(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsNumber(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number;

    private static IEnumerable<string> IssuersOf(string tenant) => [$"https://sts.windows.net/{tenant}/", $"https://login.microsoftonline.com/{tenant}/v2.0"];

    private static string RuleOf(Exception? failure) => failure switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException or SecurityTokenExpiredException or SecurityTokenNotYetValidException => "The token is not valid at this time.",
        SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException => "The token's signature is not that of the key it names.",
        _ => "The token is malformed.",
    };
}
