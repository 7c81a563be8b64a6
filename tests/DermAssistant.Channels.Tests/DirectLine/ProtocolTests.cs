using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace DermAssistant.Channels.Tests.DirectLine;

public sealed class ProtocolTests : IAsyncLifetime
{
    private DirectLineHost _host = null!;

    public async Task InitializeAsync() => _host = await DirectLineHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task What_a_user_says_comes_back_as_theirs_whatever_the_client_claims()
    {
        var client = await _host.BeginAsync("dl_alice");
        using var stream = await client.ConnectAsync();

        var id = await client.SayAsync("hello", new JsonObject { ["clientActivityID"] = "c1", ["attachmentSizes"] = new JsonArray() });
        await stream.UntilAsync(all => all.Any(DirectLineClient.FromBot));

        var echo = stream.Activities[0];
        Assert.Equal(id, (string?)echo["id"]);
        Assert.Equal("dl_alice", (string?)echo["from"]!["id"]);
        Assert.Equal("user", (string?)echo["from"]!["role"]);
        Assert.Equal("c1", (string?)echo["channelData"]!["clientActivityID"]);
        Assert.Equal("directline", (string?)echo["channelId"]);
        Assert.Equal(client.Conversation, (string?)echo["conversation"]!["id"]);
        Assert.Null(echo["serviceUrl"]);
        Assert.Null(echo["recipient"]);
        Assert.NotNull(echo["timestamp"]);
        Assert.NotEqual("chosen-by-the-client", id);
    }

    [Fact]
    public async Task An_answer_is_streamed_in_order_and_then_said()
    {
        var client = await _host.BeginAsync();
        using var stream = await client.ConnectAsync();

        var question = await client.SayAsync("what is it?");
        await stream.UntilAsync(all => all.Any(activity => DirectLineClient.FromBot(activity) && (string?)activity["type"] == "message"));

        var bot = stream.Activities.Where(DirectLineClient.FromBot).ToList();
        Assert.Equal(["typing", "typing", "typing", "message"], bot.Select(activity => (string)activity["type"]!));
        Assert.Equal(["informative", "streaming", "streaming", "final"], bot.Select(activity => (string)activity["channelData"]!["streamType"]!));
        Assert.Equal([1, 2, 3], bot.Take(3).Select(activity => (int)activity["channelData"]!["streamSequence"]!));
        // Web Chat 4.18.1 sorts a stream whose first piece does not name itself above older messages.
        Assert.All(bot, activity => Assert.Equal((string?)bot[0]["id"], (string?)activity["channelData"]!["streamId"]));
        Assert.All(bot, activity => Assert.Equal((string?)activity["channelData"]!["streamType"], (string?)activity["entities"]!.AsArray().Single(entity => (string?)entity!["type"] == "streaminfo")!["streamType"]));
        Assert.Equal("Looking at your photo", (string?)bot[0]["text"]);
        Assert.StartsWith((string)bot[1]["text"]!, (string)bot[2]["text"]!, StringComparison.Ordinal);
        Assert.StartsWith((string)bot[2]["text"]!, (string)bot[3]["text"]!, StringComparison.Ordinal);
        Assert.All(bot, activity => Assert.Equal(question, (string?)activity["replyToId"]));
        var order = stream.Activities.Select(activity => (long)activity["channelData"]!["webchat:sequence-id"]!).ToList();
        Assert.Equal(order.Order().Distinct(), order);
    }

    [Fact]
    public async Task Numbers_in_an_answer_lead_to_its_evidence()
    {
        var client = await _host.BeginAsync();
        await client.SayAsync("what is it?");

        var answer = (await client.AnswersAsync())[0];

        var text = (string)answer["text"]!;
        Assert.Contains("One case agrees. [1][2]", text, StringComparison.Ordinal);
        Assert.Contains("\n[2]: cite:K1 \"K1 ISIC_1: ISIC_1: nevus\"", text, StringComparison.Ordinal);
        var message = answer["entities"]!.AsArray().Single(entity => (string?)entity!["type"] == "https://schema.org/Message")!;
        Assert.Equal("", (string?)message["@id"]);
        Assert.Equal([1, 2], message["citation"]!.AsArray().Select(claim => (int)claim!["position"]!));
        Assert.Contains("not a medical device", (string)message["citation"]![0]!["claimInterpreter"]!["slogan"]!, StringComparison.Ordinal);
        Assert.Contains("https://example.org/1", (string)message["citation"]![1]!["appearance"]!["text"]!, StringComparison.Ordinal);
        Assert.Equal($"like:{(string?)answer["channelData"]!["answerId"]}", (string?)message["potentialAction"]![0]!["@id"]);
        Assert.Equal("Why?", (string?)answer["suggestedActions"]!["actions"]![0]!["value"]);
    }

    [Fact]
    public async Task Words_that_a_user_chose_do_not_become_markup()
    {
        var client = await _host.BeginAsync();
        await client.SayAsync("[click](https://evil.example) ![x](https://evil.example/p.png) <img src=x>");

        var text = (string)(await client.AnswersAsync())[0]["text"]!;

        Assert.Contains("\\[click\\](https://evil.example) !\\[x\\]", text, StringComparison.Ordinal);
        Assert.Contains("\\<img src=x\\>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_polling_client_gets_what_was_said_and_nothing_of_what_was_typed()
    {
        var client = await _host.BeginAsync();
        await client.SayAsync("one");
        await client.AnswersAsync(1);
        var (first, watermark) = await client.PollAsync();
        await client.SayAsync("two");
        await client.AnswersAsync(2);

        var (second, end) = await client.PollAsync(watermark);

        Assert.All(first.Concat(second), activity => Assert.Equal("message", (string?)activity["type"]));
        Assert.Equal(2, first.Count);
        Assert.Equal(["two", null], second.Select(activity => DirectLineClient.FromBot(activity) ? null : (string?)activity["text"]));
        Assert.Empty((await client.PollAsync(end)).Activities);
        Assert.Equal(end, (await client.PollAsync(end)).Watermark);
    }

    [Fact]
    public async Task After_a_reload_everything_is_there_again_and_after_a_lost_line_what_was_missed()
    {
        var client = await _host.BeginAsync();
        using (var first = await client.ConnectAsync())
        {
            await client.SayAsync("one");
            await first.UntilAsync(all => all.Any(activity => DirectLineClient.FromBot(activity) && (string?)activity["type"] == "message"));
        }

        var (before, watermark) = await client.PollAsync();
        await client.SayAsync("two");
        await client.AnswersAsync(2);

        await client.ResumeAsync(watermark);
        using var missed = await client.ConnectAsync();
        await missed.UntilAsync(all => all.Count == 2);
        await client.ResumeAsync("0");
        using var reloaded = await client.ConnectAsync();
        await reloaded.UntilAsync(all => all.Count == 4);

        Assert.Equal("two", (string?)missed.Activities[0]["text"]);
        Assert.Equal(before.Select(Id), reloaded.Activities.Take(2).Select(Id));
        Assert.DoesNotContain(reloaded.Activities, activity => (string?)activity["type"] == "typing");
    }

    [Fact]
    public async Task A_client_that_leaves_in_mid_answer_finds_the_answer_when_it_comes_back()
    {
        var go = new TaskCompletionSource();
        _host.Assistant.Before = (_, _) => go.Task;
        var client = await _host.BeginAsync();
        var stream = await client.ConnectAsync();
        await client.SayAsync("what is it?");
        await stream.UntilAsync(all => all.Any(activity => (string?)activity["type"] == "typing"));

        stream.Dispose();
        go.SetResult();
        var answer = (await client.AnswersAsync())[0];

        Assert.StartsWith("You asked", (string)answer["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_come_back_but_are_not_kept()
    {
        var client = await _host.BeginAsync();
        using var stream = await client.ConnectAsync();

        await _host.SendAsync(HttpMethod.Post, $"{client.Base}/activities", client.Token, new JsonObject { ["type"] = "event", ["name"] = "x", ["channelData"] = new JsonObject { ["clientActivityID"] = "e1" } });
        await stream.UntilAsync(all => all.Count > 0);

        Assert.Equal("e1", (string?)stream.Activities[0]["channelData"]!["clientActivityID"]);
        Assert.Empty((await client.PollAsync()).Activities);
    }

    [Fact]
    public async Task A_thumb_is_kept_with_its_answer()
    {
        var client = await _host.BeginAsync();
        await client.SayAsync("one");
        await client.SayAsync("two");
        var answers = await client.AnswersAsync(2);
        var message = answers[0]["entities"]!.AsArray().Single(entity => (string?)entity!["type"] == "https://schema.org/Message")!;

        await _host.SendAsync(HttpMethod.Post, $"{client.Base}/activities", client.Token, new JsonObject
        {
            ["type"] = "event", ["name"] = "webchat:activity-status/feedback", ["entities"] = new JsonArray(message["potentialAction"]![1]!.DeepClone()),
        });
        await _host.SendAsync(HttpMethod.Post, $"{client.Base}/activities", client.Token, new JsonObject
        {
            ["type"] = "invoke", ["name"] = "message/submitAction", ["replyToId"] = (string?)answers[1]["id"],
            ["value"] = new JsonObject { ["actionName"] = "feedback", ["actionValue"] = new JsonObject { ["reaction"] = "like", ["feedback"] = new JsonObject { ["feedbackText"] = "good" } } },
        });

        var kept = _host.AnswersOf(client);
        Assert.Equal([new Rating(false, null), new Rating(true, "good")], kept.Select(answer => answer.Rating));
    }

    [Fact]
    public async Task A_card_button_asks_what_it_says()
    {
        var client = await _host.BeginAsync();

        await _host.SendAsync(HttpMethod.Post, $"{client.Base}/activities", client.Token, new JsonObject { ["type"] = "message", ["value"] = new JsonObject { ["ask"] = "Why?" } });
        await client.AnswersAsync();

        Assert.Equal("Why?", Assert.Single(_host.Assistant.Asked).Text);
    }

    [Theory]
    [InlineData("not json", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("{\"type\":5}", HttpStatusCode.BadRequest)]
    public async Task What_is_no_activity_is_refused_in_words(string body, HttpStatusCode status)
    {
        var client = await _host.BeginAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, $"{client.Base}/activities") { Content = new StringContent(body) };
        request.Headers.Authorization = new("Bearer", client.Token);

        using var response = await _host.Http.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.Equal("BadArgument", (string?)error["code"]);
        Assert.NotEmpty((string)error["message"]!);
    }

    [Fact]
    public async Task An_activity_that_is_too_large_is_refused()
    {
        var client = await _host.BeginAsync();

        using var response = await _host.RequestAsync(HttpMethod.Post, $"{client.Base}/activities", client.Token, new JsonObject { ["type"] = "message", ["text"] = new string('x', 300_000) });

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task A_thousand_messages_at_once_leave_the_server_standing_and_everyone_told()
    {
        var client = await _host.BeginAsync();

        var ids = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => client.SayAsync(i.ToString(CultureInfo.InvariantCulture))));
        var answers = await client.AnswersAsync(1_000);

        Assert.Equal(1_000, ids.Distinct().Count());
        Assert.Equal(1_000, answers.Count);
        Assert.All(answers, answer => Assert.True(((string)answer["text"]!).StartsWith("You asked", StringComparison.Ordinal) || ((string)answer["text"]!).Contains("was not taken in", StringComparison.Ordinal)));
        Assert.Equal(ids.Order(StringComparer.Ordinal), answers.Select(answer => (string)answer["replyToId"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Who_sends_too_much_is_told_to_wait()
    {
        await using var host = await DirectLineHost.StartAsync(new ChannelsOptions { DirectLine = DirectLineHost.Options() with { MessageBurst = 3, MessagesPerMinute = 1 } });
        var (busy, other) = (await host.BeginAsync(), await host.BeginAsync());
        for (var i = 0; i < 3; i++) await busy.SayAsync("x");

        using var refused = await host.RequestAsync(HttpMethod.Post, $"{busy.Base}/activities", busy.Token, new JsonObject { ["type"] = "message", ["text"] = "x" });

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        await other.SayAsync("somebody else still may");
    }

    [Fact]
    public async Task Stopping_the_server_finishes_the_answer_and_then_closes_the_line()
    {
        var go = new TaskCompletionSource();
        _host.Assistant.Before = (_, _) => go.Task;
        var client = await _host.BeginAsync();
        using var stream = await client.ConnectAsync();
        await client.SayAsync("what is it?");
        await stream.UntilAsync(all => all.Any(activity => (string?)activity["type"] == "typing"));

        var stopping = _host.StopAsync();
        go.SetResult();
        await stream.UntilClosedAsync();
        await stopping;

        Assert.Contains(stream.Activities, activity => DirectLineClient.FromBot(activity) && (string?)activity["type"] == "message");
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, stream.CloseStatus);
    }

    private static string? Id(JsonObject activity) => (string?)activity["id"];
}
