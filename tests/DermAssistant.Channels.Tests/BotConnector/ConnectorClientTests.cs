using System.Net;
using System.Text.Json.Nodes;
using DermAssistant.Channels.Activities;
using DermAssistant.Channels.BotConnector;

namespace DermAssistant.Channels.Tests.BotConnector;

public sealed class ConnectorClientTests : IAsyncLifetime, IDisposable
{
    private static readonly Activity Hello = new() { Type = "message", Text = "hello" };

    private readonly LeapClock _clock = new();
    private FakeCloud _cloud = null!;
    private BotConnections _connections = null!;
    private AccessTokens _tokens = null!;
    private ConnectorClient _client = null!;
    private ConnectorAddress _address = null!;

    public async Task InitializeAsync()
    {
        _cloud = await FakeCloud.StartAsync(_clock);
        var options = BotHost.Options(_cloud);
        _connections = new BotConnections(options, Dns.GetHostAddressesAsync);
        _tokens = new AccessTokens(options, _connections.Services, _clock);
        _client = new ConnectorClient(_connections.Services, _tokens, new AllowedHosts(options), _clock, () => 1);
        _address = new ConnectorAddress(new Uri(_cloud.ServiceUrl), "a:chat;1@thread/2");
    }

    public async Task DisposeAsync() => await _cloud.DisposeAsync();

    public void Dispose()
    {
        _tokens.Dispose();
        _connections.Dispose();
    }

    [Fact]
    public async Task An_activity_is_sent_with_the_bots_token_and_its_id_comes_back()
    {
        Assert.Equal("m1", await _client.SendAsync(_address, null, Hello, default));

        var call = Assert.Single(_cloud.Activities);
        Assert.Equal("Bearer token-1", call.Authorization);
        Assert.Equal("hello", call.Text);
    }

    [Fact]
    public async Task Ids_are_escaped_in_the_path()
    {
        await _client.SendAsync(_address, "x/y?z#1", Hello, default);

        Assert.Equal("/emea/v3/conversations/a%3Achat%3B1%40thread%2F2/activities/x%2Fy%3Fz%231", Assert.Single(_cloud.Activities).Path);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    public async Task Ids_cannot_leave_their_place_in_the_path(string id) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _client.SendAsync(_address with { ConversationId = id }, null, Hello, default));

    [Fact]
    public async Task One_sign_in_serves_many_calls_at_the_same_time_and_later_ones()
    {
        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => _client.SendAsync(_address, null, Hello, default)));
        _clock.Advance(TimeSpan.FromMinutes(54));
        await _client.SendAsync(_address, null, Hello, default);
        Assert.Equal(1, _cloud.SignIns);

        // Five minutes before it expires a new one is fetched.
        _clock.Advance(TimeSpan.FromMinutes(2));
        await _client.SendAsync(_address, null, Hello, default);
        Assert.Equal(2, _cloud.SignIns);
        Assert.Equal("Bearer token-2", _cloud.Activities[^1].Authorization);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_renewed_once()
    {
        await _client.SendAsync(_address, null, Hello, default);
        _cloud.WithdrawnTokens.Add("token-1");

        Assert.Equal("m2", await _client.SendAsync(_address, null, Hello, default));
        Assert.Equal(2, _cloud.SignIns);

        _cloud.Interrupt = _ => FakeCloud.Refuse(401, "Unauthorized", "no");
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => _client.SendAsync(_address, null, Hello, default));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        Assert.Equal(3, _cloud.SignIns);
    }

    [Fact]
    public async Task A_refused_sign_in_says_what_to_check_and_not_the_secret()
    {
        var options = BotHost.Options(_cloud) with { ClientSecret = "wrong-secret" };
        using var tokens = new AccessTokens(options, _connections.Services, _clock);

        var refused = await Assert.ThrowsAsync<ConnectorException>(() => tokens.GetAsync(default).AsTask());

        Assert.Contains("invalid_client", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Bot:ClientSecret", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(412)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task Passing_failures_are_tried_again_each_time_later(int status)
    {
        var failures = 3;
        _cloud.Interrupt = _ => failures-- > 0 ? FakeCloud.Refuse(status, "Busy", "busy") : null;

        Assert.Equal("m1", await _client.SendAsync(_address, null, Hello, default));
        Assert.Equal([1, 2, 4], _clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task The_time_a_connector_asks_for_is_waited_and_more()
    {
        var failures = 1;
        _cloud.Interrupt = _ => failures-- > 0 ? (429, null, "7") : null;

        await _client.SendAsync(_address, null, Hello, default);

        Assert.InRange(Assert.Single(_clock.Waits).TotalSeconds, 7, 8);
    }

    [Fact]
    public async Task Nobody_waits_for_an_answer_longer_than_a_minute()
    {
        _cloud.Interrupt = _ => (429, null, "3600");

        await Assert.ThrowsAsync<ConnectorException>(() => _client.SendAsync(_address, null, Hello, default));
        Assert.Empty(_clock.Waits);
    }

    [Fact]
    public async Task Tries_come_to_an_end()
    {
        _cloud.Interrupt = _ => FakeCloud.Refuse(502, "BadGateway", "down");

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => _client.SendAsync(_address, null, Hello, default));

        Assert.Equal(HttpStatusCode.BadGateway, failure.Status);
        Assert.Equal(6, _cloud.Activities.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(500)]
    public async Task Other_failures_are_told_with_their_code_and_not_repeated(int status)
    {
        _cloud.Interrupt = _ => FakeCloud.Refuse(status, "SomeCode", "Some words.");

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => _client.SendAsync(_address, null, Hello, default));

        Assert.Equal(status, (int)failure.Status!);
        Assert.Equal("SomeCode", failure.Code);
        Assert.True(failure.Says("some words"));
        Assert.Single(_cloud.Activities);
    }

    [Fact]
    public async Task An_empty_answer_is_a_success_without_an_id()
    {
        _cloud.Interrupt = _ => (202, null, null);
        Assert.Null(await _client.SendAsync(_address, null, Hello, default));

        _cloud.Interrupt = _ => (200, new JsonObject { ["id"] = 7 }, null);
        Assert.Null(await _client.SendAsync(_address, null, Hello, default));
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        _cloud.Interrupt = call => call.Path.Contains("elsewhere", StringComparison.Ordinal) ? null : (307, null, null);

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => _client.SendAsync(_address, null, Hello, default));

        Assert.Equal(HttpStatusCode.TemporaryRedirect, failure.Status);
        Assert.Single(_cloud.Activities);
    }

    [Theory]
    [InlineData("https://smba.trafficmanager.net/emea/", true)]
    [InlineData("https://SMBA.trafficmanager.net/emea/", true)]
    [InlineData("https://smba.infra.gcc.teams.microsoft.com/teams", true)]
    [InlineData("https://extra.example/", true)]
    [InlineData("http://smba.trafficmanager.net/emea/", false)]
    [InlineData("https://smba.trafficmanager.net:8443/", false)]
    [InlineData("https://user@smba.trafficmanager.net/", false)]
    [InlineData("https://evil.trafficmanager.net/", false)]
    [InlineData("https://smba.trafficmanager.net.evil.example/", false)]
    [InlineData("https://evil.example/smba.trafficmanager.net/", false)]
    [InlineData("https://sub.extra.example/", false)]
    [InlineData("https://tenant.sharepoint.com/", false)]
    [InlineData("https://169.254.169.254/", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("http://127.0.0.1:5080/", false)]
    [InlineData("http://localhost/", false)]
    public async Task The_token_goes_to_connectors_on_the_list_only(string serviceUrl, bool allowed)
    {
        var options = BotHost.Options(_cloud) with { AllowLoopback = false, ExtraConnectorHosts = ["extra.example"] };
        var hosts = new AllowedHosts(options);
        Assert.Equal(allowed, hosts.IsConnector(new Uri(serviceUrl)));
        if (allowed) return;

        var client = new ConnectorClient(_connections.Services, _tokens, hosts, _clock, () => 1);
        await Assert.ThrowsAsync<ConnectorException>(() => client.SendAsync(new ConnectorAddress(new Uri(serviceUrl), "c"), null, Hello, default));
        Assert.Equal(0, _cloud.SignIns);
    }

    [Fact]
    public async Task A_connector_that_cannot_be_reached_is_tried_again_then_given_up()
    {
        var nowhere = new ConnectorAddress(new Uri("http://127.0.0.1:9/"), "c");

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => _client.SendAsync(nowhere, null, Hello, default));

        Assert.Null(failure.Status);
        Assert.Equal(5, _clock.Waits.Count);
    }
}
