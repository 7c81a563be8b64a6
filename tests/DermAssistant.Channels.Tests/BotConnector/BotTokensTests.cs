using System.Net;
using System.Text.Json.Nodes;
using DermAssistant.Channels.BotConnector;
using Microsoft.Extensions.Logging.Abstractions;

namespace DermAssistant.Channels.Tests.BotConnector;

public sealed class BotTokensTests : IAsyncLifetime, IDisposable
{
    private readonly LeapClock _clock = new();
    private readonly TokenMaker _connector = new("connector-key", "msteams", "webchat");
    private readonly TokenMaker _unendorsed = new("bare-key");
    private readonly TokenMaker _entra = new("entra-key");
    private readonly HttpClient _http = new();
    private FakeCloud _cloud = null!;
    private BotTokens _tokens = null!;

    public async Task InitializeAsync()
    {
        _cloud = await FakeCloud.StartAsync(_clock);
        _cloud.Keys.AddRange([_connector, _unendorsed]);
        _cloud.EntraKeys.Add(_entra);
        _tokens = Tokens(options => options with { AllowEmulator = true });
    }

    public async Task DisposeAsync() => await _cloud.DisposeAsync();

    public void Dispose()
    {
        _tokens.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task A_connector_token_for_this_bot_is_taken()
    {
        var caller = await AuthenticateAsync(_connector.Sign(Connector()));

        Assert.Equal(BotCallerKind.Connector, caller.Kind);
        Assert.Equal(_cloud.ServiceUrl, caller.ServiceUrl);
        caller.Permit("msteams", _cloud.ServiceUrl);
    }

    [Theory]
    [InlineData("RS384")]
    [InlineData("RS512")]
    public async Task Longer_signatures_are_taken_too(string algorithm) =>
        Assert.Equal(BotCallerKind.Connector, (await AuthenticateAsync(_connector.Sign(Connector(), algorithm))).Kind);

    [Fact]
    public async Task Clocks_may_differ_by_five_minutes()
    {
        Assert.Equal(BotCallerKind.Connector, (await AuthenticateAsync(_connector.Sign(Connector(claims => claims["exp"] = Seconds(-290))))).Kind);
        Assert.Equal(BotCallerKind.Connector, (await AuthenticateAsync(_connector.Sign(Connector(claims => claims["nbf"] = Seconds(290))))).Kind);
        await RejectedAsync(_connector.Sign(Connector(claims => claims["exp"] = Seconds(-310))), "not valid at this time");
        await RejectedAsync(_connector.Sign(Connector(claims => claims["nbf"] = Seconds(310))), "not valid at this time");
    }

    public static TheoryData<string, string> WrongClaims => new()
    {
        { "aud", "\"another-app\"" },
        { "aud", $"[\"{FakeCloud.AppId}\", \"another-app\"]" },
        { "aud", "null" },
        { "iss", "\"https://api.botframework.us\"" },
        { "iss", "\"https://api.botframework.com/\"" },
        { "iss", "null" },
        { "exp", "null" },
        { "exp", "\"soon\"" },
        { "serviceurl", "null" },
        { "serviceurl", "\"\"" },
        { "serviceurl", "[\"https://smba.trafficmanager.net/emea/\"]" },
    };

    [Theory]
    [MemberData(nameof(WrongClaims))]
    public async Task A_token_with_a_wrong_claim_is_refused(string claim, string value)
    {
        var claims = Connector();
        if (value == "null") claims.Remove(claim);
        else claims[claim] = JsonNode.Parse(value);

        await RejectedAsync(_connector.Sign(claims));
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("PS256")]
    [InlineData("none")]
    [InlineData("ES256")]
    public async Task Other_algorithms_are_refused(string algorithm) => await RejectedAsync(_connector.Sign(Connector(), algorithm), "RS256");

    [Fact]
    public async Task A_signature_of_another_key_is_refused()
    {
        var stranger = TokenMaker.Impostor("connector-key");
        await RejectedAsync(stranger.Sign(Connector()), "signature");
        await RejectedAsync(_entra.Sign(Connector(), namedKey: "connector-key"), "signature");
    }

    [Fact]
    public async Task A_token_changed_after_signing_is_refused()
    {
        var parts = _connector.Sign(Connector()).Split('.');
        var forged = _unendorsed.Sign(Connector(claims => claims["serviceurl"] = "https://evil.example/")).Split('.');

        await RejectedAsync($"{parts[0]}.{forged[1]}.{parts[2]}", "signature");
        await RejectedAsync($"{parts[0]}.{parts[1]}.", "");
        await RejectedAsync($"{parts[0]}.{parts[1]}", "");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("bearer {token}")]
    [InlineData("Bearer  {token}")]
    [InlineData("Bearer {token} more")]
    [InlineData("Basic {token}")]
    [InlineData("{token}")]
    [InlineData("Bearer not.a.token")]
    [InlineData("Bearer ....")]
    public async Task A_header_that_is_no_bearer_token_is_refused(string? header)
    {
        var refused = await Assert.ThrowsAsync<TokenRejectedException>(
            () => _tokens.AuthenticateAsync(header?.Replace("{token}", _connector.Sign(Connector()), StringComparison.Ordinal), default));
        Assert.Equal(401, refused.Status);
    }

    [Fact]
    public async Task Critical_extensions_are_refused() =>
        await RejectedAsync(_connector.Sign(Connector(), header: head => head["crit"] = new JsonArray("b64")), "critical");

    [Fact]
    public async Task A_token_without_a_key_id_is_refused() => await RejectedAsync(_connector.Sign(Connector(), header: head => head.Remove("kid")), "signing key");

    [Fact]
    public async Task The_activity_must_come_from_the_service_and_channel_the_token_speaks_for()
    {
        var caller = await AuthenticateAsync(_connector.Sign(Connector()));

        caller.Permit("msteams", _cloud.ServiceUrl.ToUpperInvariant());
        Assert.Equal(403, Assert.Throws<TokenRejectedException>(() => caller.Permit("msteams", "https://evil.example/")).Status);
        Assert.Equal(403, Assert.Throws<TokenRejectedException>(() => caller.Permit("msteams", _cloud.ServiceUrl.TrimEnd('/'))).Status);
        Assert.Throws<TokenRejectedException>(() => caller.Permit("msteams", null));
        Assert.Throws<TokenRejectedException>(() => caller.Permit("slack", _cloud.ServiceUrl));
        Assert.Throws<TokenRejectedException>(() => caller.Permit("", _cloud.ServiceUrl));
        Assert.Throws<TokenRejectedException>(() => caller.Permit(null, _cloud.ServiceUrl));
    }

    [Fact]
    public async Task A_key_without_endorsements_endorses_nothing()
    {
        var caller = await AuthenticateAsync(_unendorsed.Sign(Connector()));

        Assert.Throws<TokenRejectedException>(() => caller.Permit("msteams", _cloud.ServiceUrl));
    }

    [Theory]
    [InlineData("https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/", "1.0", "appid")]
    [InlineData("https://login.microsoftonline.com/f8cdef31-a31e-4b4a-93e4-5f571e91255a/v2.0", "2.0", "azp")]
    [InlineData($"https://login.microsoftonline.com/{FakeCloud.Tenant}/v2.0", "2.0", "azp")]
    public async Task Emulator_tokens_of_this_application_are_taken_where_enabled(string issuer, string version, string claim)
    {
        var token = _entra.Sign(Emulator(issuer, version, claim));

        var caller = await AuthenticateAsync(token);
        Assert.Equal(BotCallerKind.Emulator, caller.Kind);
        caller.Permit("emulator", "http://localhost:1234");

        using var strict = Tokens(options => options);
        await RejectedAsync(token, "Emulator", strict);
    }

    [Theory]
    [InlineData("ver", "3.0")]
    [InlineData("ver", null)]
    [InlineData("azp", "another-app")]
    [InlineData("azp", null)]
    [InlineData("aud", "another-app")]
    [InlineData("iss", "https://login.microsoftonline.com/00000000-0000-4000-8000-000000000bad/v2.0")]
    public async Task Emulator_tokens_of_others_are_refused(string claim, string? value)
    {
        var claims = Emulator("https://login.microsoftonline.com/f8cdef31-a31e-4b4a-93e4-5f571e91255a/v2.0", "2.0", "azp");
        if (value is null) claims.Remove(claim);
        else claims[claim] = value;

        await RejectedAsync(_entra.Sign(claims));
    }

    [Fact]
    public async Task Keys_of_one_issuer_sign_nothing_of_the_other()
    {
        await RejectedAsync(_entra.Sign(Connector()), "not published");
        await RejectedAsync(_connector.Sign(Emulator("https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/", "1.0", "appid")), "not published");
    }

    [Fact]
    public async Task Keys_are_fetched_once_for_many_tokens()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => AuthenticateAsync(_connector.Sign(Connector()))));

        Assert.Equal(1, _cloud.KeyFetches);
    }

    [Fact]
    public async Task A_new_key_is_found_but_unknown_ids_do_not_make_this_server_fetch_at_will()
    {
        await AuthenticateAsync(_connector.Sign(Connector()));
        for (var i = 0; i < 20; i++) await RejectedAsync(_connector.Sign(Connector(), namedKey: $"guess-{i}"), "not published");
        Assert.Equal(1, _cloud.KeyFetches);

        var rolled = new TokenMaker("new-key", "msteams");
        _cloud.Keys.Add(rolled);
        await RejectedAsync(rolled.Sign(Connector()), "not published");
        _clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(BotCallerKind.Connector, (await AuthenticateAsync(rolled.Sign(Connector()))).Kind);
        Assert.Equal(2, _cloud.KeyFetches);
    }

    [Fact]
    public async Task Known_keys_stay_in_use_for_five_days_when_the_key_server_is_down()
    {
        await AuthenticateAsync(_connector.Sign(Connector()));
        _cloud.KeysAreDown = true;

        _clock.Advance(TimeSpan.FromDays(4.9));
        Assert.Equal(BotCallerKind.Connector, (await AuthenticateAsync(_connector.Sign(Connector()))).Kind);

        _clock.Advance(TimeSpan.FromDays(0.2));
        await Assert.ThrowsAsync<HttpRequestException>(() => AuthenticateAsync(_connector.Sign(Connector())));
    }

    [Fact]
    public async Task A_withdrawn_key_is_forgotten_within_a_day()
    {
        await AuthenticateAsync(_unendorsed.Sign(Connector()));
        _cloud.Keys.Remove(_unendorsed);
        _clock.Advance(TimeSpan.FromDays(1));

        await RejectedAsync(_unendorsed.Sign(Connector()), "not published");
    }

    private BotTokens Tokens(Func<BotConnectorOptions, BotConnectorOptions> change) => new(change(BotHost.Options(_cloud)), _http, _clock, NullLogger.Instance);

    private Task<BotCaller> AuthenticateAsync(string token) => _tokens.AuthenticateAsync($"Bearer {token}", default);

    private async Task RejectedAsync(string token, string rule = "", BotTokens? tokens = null)
    {
        var refused = await Assert.ThrowsAsync<TokenRejectedException>(() => (tokens ?? _tokens).AuthenticateAsync($"Bearer {token}", default));
        Assert.Equal((int)HttpStatusCode.Unauthorized, refused.Status);
        Assert.Contains(rule, refused.Message, StringComparison.Ordinal);
    }

    private long Seconds(int fromNow) => _clock.GetUtcNow().ToUnixTimeSeconds() + fromNow;

    private JsonObject Connector(Action<JsonObject>? change = null)
    {
        var claims = new JsonObject
        {
            ["iss"] = "https://api.botframework.com", ["aud"] = FakeCloud.AppId, ["serviceurl"] = _cloud.ServiceUrl, ["nbf"] = Seconds(-60), ["exp"] = Seconds(3600),
        };
        change?.Invoke(claims);
        return claims;
    }

    private JsonObject Emulator(string issuer, string version, string claim) => new()
    {
        ["iss"] = issuer, ["aud"] = FakeCloud.AppId, ["ver"] = version, [claim] = FakeCloud.AppId, ["nbf"] = Seconds(-60), ["exp"] = Seconds(3600),
    };
}
