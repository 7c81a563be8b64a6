using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DermAssistant.Channels.Tests.DirectLine;

namespace DermAssistant.Channels.Tests.Page;

public sealed class PageApiTests : IAsyncLifetime
{
    private DirectLineHost _host = null!;
    private HttpClient _browser = null!;

    public async Task InitializeAsync()
    {
        _host = await DirectLineHost.StartAsync();
        _browser = _host.NewBrowser();
        _browser.DefaultRequestHeaders.Add("Origin", _host.Origin);
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_browser_goes_on_with_its_conversation_until_it_asks_for_a_new_one()
    {
        var first = await SessionAsync();
        var again = await SessionAsync();
        var fresh = await SessionAsync(fresh: true);
        var after = await SessionAsync();

        Assert.False((bool)first["resumed"]!);
        Assert.True((bool)again["resumed"]!);
        Assert.Equal((string?)first["conversationId"], (string?)again["conversationId"]);
        Assert.Equal((string?)first["user"], (string?)fresh["user"]);
        Assert.NotEqual((string?)first["conversationId"], (string?)fresh["conversationId"]);
        Assert.Equal((string?)fresh["conversationId"], (string?)after["conversationId"]);
    }

    [Fact]
    public async Task The_session_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        using var response = await _browser.PostAsJsonAsync("/api/page/session", new { });

        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        var body = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain(DirectLineHost.Secret, body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://evil.example")]
    [InlineData("https://portal.example")]
    [InlineData("null")]
    public async Task Other_sites_cannot_act_for_a_visitor(string? origin)
    {
        await SessionAsync();
        _browser.DefaultRequestHeaders.Remove("Origin");
        if (origin is not null) _browser.DefaultRequestHeaders.Add("Origin", origin);

        foreach (var (method, path) in new[] { (HttpMethod.Post, "session"), (HttpMethod.Post, "consent"), (HttpMethod.Delete, "data") })
        {
            using var response = await _browser.SendAsync(new HttpRequestMessage(method, $"/api/page/{path}") { Content = JsonContent.Create(new { agreed = true }) });
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    [Fact]
    public async Task Photos_are_not_looked_at_and_not_kept_before_the_visitor_agrees()
    {
        var client = Client(await SessionAsync());
        await client.BeginAsync();
        await client.UploadAsync("what is it?", ("mole.jpg", "image/jpeg", TestFiles.Jpeg()));
        var refused = (await client.AnswersAsync())[0];

        using var agreed = await _browser.PostAsJsonAsync("/api/page/consent", new { agreed = true });
        await client.UploadAsync("what is it?", ("mole.jpg", "image/jpeg", TestFiles.Jpeg()));
        var taken = (await client.AnswersAsync(2))[1];

        Assert.Contains("agreed", (string)refused["text"]!, StringComparison.Ordinal);
        Assert.Null((await client.PollAsync()).Activities[0]["attachments"]![0]!["contentUrl"]);
        Assert.Equal(HttpStatusCode.NoContent, agreed.StatusCode);
        Assert.Contains("mole.jpg was seen", (string)taken["text"]!, StringComparison.Ordinal);
        Assert.True((bool)(await SessionAsync())["consent"]!);
    }

    [Fact]
    public async Task The_evidence_of_an_answer_is_there_for_its_own_browser_only()
    {
        var client = Client(await SessionAsync());
        await client.BeginAsync();
        await client.SayAsync("what is it?");
        var id = (string)(await client.AnswersAsync())[0]["channelData"]!["answerId"]!;

        var document = (await _browser.GetFromJsonAsync<JsonNode>($"/api/page/answers/{id}"))!;
        using var other = _host.NewBrowser();
        using var stranger = await other.GetAsync($"/api/page/answers/{id}");
        other.DefaultRequestHeaders.Add("Origin", _host.Origin);
        await other.PostAsJsonAsync("/api/page/session", new { });
        using var another = await other.GetAsync($"/api/page/answers/{id}");
        using var rating = await other.PostAsJsonAsync($"/api/page/answers/{id}/rating", new { helpful = false });

        Assert.Equal("what is it?", (string?)document["question"]);
        Assert.Equal(["D1", "K1"], document["citations"]!.AsArray().Select(cited => (string)cited!));
        Assert.Equal(["D1"], document["claims"]![0]!["evidence"]!.AsArray().Select(cited => (string)cited!));
        Assert.Equal("K1", (string?)document["evidence"]![1]!["id"]);
        Assert.Null(document["rating"]);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (stranger.StatusCode, another.StatusCode, rating.StatusCode));
        Assert.Contains("remedy", await another.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_can_be_taken_away_with_evidence_and_rating()
    {
        var client = Client(await SessionAsync());
        await client.BeginAsync();
        await client.SayAsync("one");
        await client.SayAsync("two");
        var id = (string)(await client.AnswersAsync(2))[1]["channelData"]!["answerId"]!;
        using var rated = await _browser.PostAsJsonAsync($"/api/page/answers/{id}/rating", new { helpful = true, comment = "good" });

        using var response = await _browser.GetAsync($"/api/page/conversations/{client.Conversation}/export");

        Assert.Equal(HttpStatusCode.NoContent, rated.StatusCode);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        var turns = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["turns"]!.AsArray();
        Assert.Equal(["one", "two"], turns.Select(turn => (string)turn!["question"]!));
        Assert.Equal("good", (string?)turns[1]!["rating"]!["comment"]);
        Assert.Equal(id, (string?)turns[1]!["answer"]!["answerId"]);
    }

    [Fact]
    public async Task Deleting_my_data_leaves_nothing_and_ends_the_stream()
    {
        await SessionAsync();
        await _browser.PostAsJsonAsync("/api/page/consent", new { agreed = true });
        var client = Client(await SessionAsync());
        await client.BeginAsync();
        using var stream = await client.ConnectAsync();
        await client.UploadAsync("what is it?", ("mole.jpg", "image/jpeg", TestFiles.Jpeg()));
        await client.AnswersAsync();
        var photo = (string)(await client.PollAsync()).Activities[0]["attachments"]![0]!["contentUrl"]!;

        using var erased = await _browser.DeleteAsync("/api/page/data");
        await stream.UntilClosedAsync();

        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Http.GetAsync(new Uri(photo))).StatusCode);
        using var gone = await _host.RequestAsync(HttpMethod.Get, client.Base, client.Token);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Contains($"directline:{client.Conversation}", _host.Assistant.Forgotten);
        var next = await SessionAsync();
        Assert.False((bool)next["resumed"]!);
        Assert.False((bool)next["consent"]!);
    }

    [Fact]
    public async Task An_answer_in_the_making_is_not_kept_when_its_conversation_is_erased()
    {
        var go = new TaskCompletionSource();
        _host.Assistant.Before = (_, _) => go.Task;
        var client = Client(await SessionAsync());
        await client.BeginAsync();
        await client.SayAsync("what is it?");

        await _browser.DeleteAsync("/api/page/data");
        go.SetResult();
        await _host.StopAsync();

        Assert.Empty(_host.AnswersOf(client));
    }

    private async Task<JsonNode> SessionAsync(bool fresh = false)
    {
        using var response = await _browser.PostAsJsonAsync("/api/page/session", new { fresh });
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private DirectLineClient Client(JsonNode session) => new(_host, (string)session["token"]!) { Conversation = (string)session["conversationId"]! };
}
