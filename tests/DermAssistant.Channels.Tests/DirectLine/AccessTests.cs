using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace DermAssistant.Channels.Tests.DirectLine;

public sealed class AccessTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private DirectLineHost _host = null!;

    public async Task InitializeAsync() => _host = await DirectLineHost.StartAsync(time: _time);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Without_a_token_nobody_gets_in()
    {
        using var response = await _host.RequestAsync(HttpMethod.Post, "/v3/directline/conversations", null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_token_tells_its_user_and_holds_no_secret()
    {
        var client = await _host.BeginAsync("dl_alice");

        var payload = JsonNode.Parse(Decode(client.Token.Split('.')[1]))!;

        Assert.Equal("dl_alice", (string?)payload["user"]);
        Assert.Equal(client.Conversation, (string?)payload["conv"]);
        Assert.Equal(1_800, (int)payload["exp"]! - (int)payload["iat"]!);
        Assert.DoesNotContain(DirectLineHost.Secret, Decode(client.Token.Split('.')[1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forged_tokens_are_refused()
    {
        var client = await _host.BeginAsync("dl_alice");
        var parts = client.Token.Split('.');
        var payload = Decode(parts[1]).Replace("dl_alice", "dl_bob", StringComparison.Ordinal);
        string[] forged =
        [
            $"{parts[0]}.{Encode(payload)}.{parts[2]}",
            $"{Encode("{\"alg\":\"none\",\"typ\":\"JWT\"}")}.{parts[1]}.",
            $"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}",
            $"{parts[0]}.{parts[1]}",
            "x",
        ];

        foreach (var token in forged)
        {
            using var response = await _host.RequestAsync(HttpMethod.Get, $"{client.Base}/activities", token);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_token_ends_after_half_an_hour_and_can_be_renewed_until_then()
    {
        var client = await _host.BeginAsync();
        _time.Advance(TimeSpan.FromMinutes(29));
        var renewed = (string)(await _host.SendAsync(HttpMethod.Post, "/v3/directline/tokens/refresh", client.Token))["token"]!;
        _time.Advance(TimeSpan.FromMinutes(2));

        using var old = await _host.RequestAsync(HttpMethod.Get, $"{client.Base}/activities", client.Token);
        using var late = await _host.RequestAsync(HttpMethod.Post, "/v3/directline/tokens/refresh", client.Token);
        using var fresh = await _host.RequestAsync(HttpMethod.Get, $"{client.Base}/activities", renewed);

        // Client libraries take 403, and only 403, for a token that has run out.
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.OK), (old.StatusCode, late.StatusCode, fresh.StatusCode));
    }

    [Fact]
    public async Task Nobody_gets_into_anybody_elses_conversation()
    {
        var (alice, mallory) = (await _host.BeginAsync(), await _host.BeginAsync());
        await alice.SayAsync("a secret");
        await alice.AnswersAsync();

        foreach (var (method, path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Get, "/activities"), (HttpMethod.Post, "/activities"), (HttpMethod.Post, "/upload") })
        {
            using var response = await _host.RequestAsync(method, alice.Base + path, mallory.Token, method == HttpMethod.Post ? new JsonObject { ["type"] = "message", ["text"] = "x" } : null);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        var ticket = mallory.StreamUrl.Replace(mallory.Conversation, alice.Conversation, StringComparison.Ordinal);
        await Assert.ThrowsAsync<WebSocketException>(() => DirectLineSocket.OpenAsync(ticket, null));
        Assert.Equal(2, (await alice.PollAsync()).Activities.Count);
    }

    [Fact]
    public async Task A_stream_ticket_is_good_once_and_for_a_minute()
    {
        var client = await _host.BeginAsync();
        using (await client.ConnectAsync())
            await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync());

        await client.ResumeAsync("0");
        _time.Advance(TimeSpan.FromSeconds(61));
        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync());
    }

    [Fact]
    public async Task Pages_of_foreign_origins_are_kept_out()
    {
        var client = await _host.BeginAsync();

        foreach (var (origin, allowed) in new[] { (_host.Origin, true), ("https://portal.example", true), ("https://evil.example", false), ("null", false), ("https://portal.example.evil.example", false) })
        {
            using var response = await _host.RequestAsync(HttpMethod.Get, $"{client.Base}/activities", client.Token, origin: origin);
            Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);

            await client.ResumeAsync("0");
            if (allowed) (await client.ConnectAsync(origin)).Dispose();
            else await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(origin));
        }
    }

    [Fact]
    public async Task A_token_can_be_bound_to_fewer_origins()
    {
        var generated = await _host.SendAsync(HttpMethod.Post, "/v3/directline/tokens/generate", DirectLineHost.Secret, new JsonObject { ["trustedOrigins"] = new JsonArray("https://other.example") });

        using var response = await _host.RequestAsync(HttpMethod.Post, "/v3/directline/conversations", (string)generated["token"]!, origin: "https://portal.example");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task The_secret_is_for_servers_and_a_token_makes_no_tokens()
    {
        var client = await _host.BeginAsync();

        using var fromPage = await _host.RequestAsync(HttpMethod.Post, "/v3/directline/tokens/generate", DirectLineHost.Secret, origin: _host.Origin);
        using var byToken = await _host.RequestAsync(HttpMethod.Post, "/v3/directline/tokens/generate", client.Token);
        using var wrong = await _host.RequestAsync(HttpMethod.Post, "/v3/directline/tokens/generate", DirectLineHost.Secret + "x");
        using var badUser = await _host.RequestAsync(HttpMethod.Post, "/v3/directline/tokens/generate", DirectLineHost.Secret, new JsonObject { ["user"] = new JsonObject { ["id"] = "alice" } });

        Assert.Equal(
            (HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.BadRequest),
            (fromPage.StatusCode, byToken.StatusCode, wrong.StatusCode, badUser.StatusCode));
    }

    [Fact]
    public async Task An_unknown_or_expired_conversation_is_gone()
    {
        var client = await _host.BeginAsync();
        await client.SayAsync("x");
        await client.AnswersAsync();
        for (var hours = 0.0; hours < 24.5; hours += 0.4)
        {
            _time.Advance(TimeSpan.FromMinutes(24));
            var renewed = await _host.SendAsync(HttpMethod.Post, "/v3/directline/tokens/refresh", client.Token);
            client = new DirectLineClient(_host, (string)renewed["token"]!) { Conversation = client.Conversation };
        }

        using var response = await _host.RequestAsync(HttpMethod.Get, client.Base, client.Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task No_user_holds_more_streams_than_allowed()
    {
        var client = await _host.BeginAsync();
        var open = new List<DirectLineSocket>();
        for (var i = 0; i < 10; i++)
        {
            await client.ResumeAsync("0");
            open.Add(await client.ConnectAsync());
        }

        await client.ResumeAsync("0");
        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync());
        foreach (var stream in open) stream.Dispose();
    }

    private static string Decode(string part) => Encoding.UTF8.GetString(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(part));

    private static string Encode(string text) => Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(text));
}
