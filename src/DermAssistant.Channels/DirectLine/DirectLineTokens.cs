using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DermAssistant.Channels.DirectLine;

/// <summary>Issues and checks tokens: signed JWTs, since clients read their user's id from the claim <c>user</c>.</summary>
internal sealed class DirectLineTokens
{
    private const string Issuer = "dermassistant";
    private const string Audience = "dermassistant/directline";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials;
    private readonly TokenValidationParameters _rules;
    private readonly DirectLineOptions _options;
    private readonly TimeProvider _time;
    private readonly byte[]? _secretHash;

    public DirectLineTokens(LocalKey key, ChannelsOptions options, TimeProvider time)
    {
        (_options, _time) = (options.DirectLine, time);
        _secretHash = _options.Secret is { } secret ? SHA256.HashData(Encoding.UTF8.GetBytes(secret)) : null;
        var signing = new SymmetricSecurityKey(key.For("directline tokens"));
        _credentials = new SigningCredentials(signing, SecurityAlgorithms.HmacSha256);
        _rules = new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            IssuerSigningKey = signing,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireExpirationTime = true,
            LifetimeValidator = (_, expires, _, _) => expires is { } end && end > time.GetUtcNow().UtcDateTime,
        };
    }

    /// <summary>How long a token that is issued now is good for, in seconds.</summary>
    public int Seconds => (int)_options.TokenLifetime.TotalSeconds;

    /// <summary>A user's id that nobody can guess.</summary>
    public static string NewUser() => $"dl_{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    /// <summary>A conversation's id that nobody can guess.</summary>
    public static string NewConversation() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>A grant that begins now.</summary>
    public DirectLineGrant Grant(string conversation, string user, IReadOnlyList<string> origins, bool ownPage) =>
        new(conversation, user, origins, ownPage, _time.GetUtcNow() + _options.TokenLifetime);

    public string Issue(DirectLineGrant grant) => _handler.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = Audience,
        IssuedAt = _time.GetUtcNow().UtcDateTime,
        Expires = grant.Expires.UtcDateTime,
        SigningCredentials = _credentials,
        Claims = new Dictionary<string, object>
        {
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["bot"] = "derm",
            ["conv"] = grant.Conversation,
            ["user"] = grant.User,
            ["origins"] = grant.Origins.ToArray(),
            ["page"] = grant.OwnPage,
        },
    });

    /// <summary>What a token allows, or null for one that is forged, damaged, meant for something else or expired.</summary>
    public async Task<DirectLineGrant?> CheckAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, _rules);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt) return null;
        return new(
            jwt.GetPayloadValue<string>("conv"),
            jwt.GetPayloadValue<string>("user"),
            jwt.GetPayloadValue<string[]>("origins"),
            jwt.GetPayloadValue<bool>("page"),
            new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero));
    }

    /// <summary>Whether a credential is the channel's secret.</summary>
    public bool IsSecret(string credential) =>
        _secretHash is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(credential)), _secretHash);
}
