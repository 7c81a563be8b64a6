using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace DermAssistant.Channels.Tests.BotConnector;

/// <summary>A key with its public half as a key server publishes it, and tokens signed with it, right or wrong.</summary>
internal sealed class TokenMaker(string keyId, params string[] endorsements)
{
    // Making keys is slow; one for each name is enough for all tests.
    private static readonly ConcurrentDictionary<string, Lazy<RSAParameters>> Made = new();

    private readonly RSA _rsa = RSA.Create(Made.GetOrAdd(keyId, _ => new(() => RSA.Create(2048).ExportParameters(true))).Value);

    private TokenMaker(string keyId, RSA other)
        : this(keyId) => _rsa = other;

    /// <summary>Another key under the same name.</summary>
    public static TokenMaker Impostor(string keyId) => new(keyId, RSA.Create(2048));

    public string KeyId => keyId;

    public JsonObject Published()
    {
        var key = _rsa.ExportParameters(includePrivateParameters: false);
        var published = new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = keyId,
            ["n"] = Base64UrlEncoder.Encode(key.Modulus),
            ["e"] = Base64UrlEncoder.Encode(key.Exponent),
        };
        if (endorsements.Length > 0) published["endorsements"] = new JsonArray([.. endorsements.Select(channel => (JsonNode)channel)]);
        return published;
    }

    public string Sign(JsonObject claims, string algorithm = "RS256", string? namedKey = null, Action<JsonObject>? header = null)
    {
        var head = new JsonObject { ["typ"] = "JWT", ["alg"] = algorithm, ["kid"] = namedKey ?? keyId };
        header?.Invoke(head);
        var content = $"{Base64UrlEncoder.Encode(head.ToJsonString())}.{Base64UrlEncoder.Encode(claims.ToJsonString())}";
        var bytes = Encoding.ASCII.GetBytes(content);
        var signature = algorithm switch
        {
            "RS256" => _rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "RS384" => _rsa.SignData(bytes, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
            "RS512" => _rsa.SignData(bytes, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
            "PS256" => _rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            // The oldest trick: the public key as the secret.
            "HS256" => HMACSHA256.HashData(_rsa.ExportSubjectPublicKeyInfo(), bytes),
            _ => [],
        };
        return $"{content}.{Base64UrlEncoder.Encode(signature)}";
    }
}
