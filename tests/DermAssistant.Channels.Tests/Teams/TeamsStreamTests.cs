using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using DermAssistant.Agent;
using DermAssistant.Channels.Tests.BotConnector;

namespace DermAssistant.Channels.Tests.Teams;

/// <summary>Streams as the strict connector sees them.</summary>
public sealed class TeamsStreamTests
{
    private static readonly Claim[] Claims = [new("First sentence.", []), new("Second sentence.", []), new("Third one.", []) { Paragraph = 1 }];

    [Fact]
    public async Task A_photo_is_announced_the_answer_grows_and_ends_with_everything()
    {
        await using var host = await BotHost.StartAsync();
        host.Cloud.Files["/emea/v3/attachments/1/views/original"] = async context => await context.Response.Body.WriteAsync(new byte[] { 1 });
        var answer = Answers.AboutPhoto();
        host.Desk.Script = (_, _) => Slowly(host, [
            new TurnProgress("looking at your photo", "diagnose"),
            new TurnProgress("searching similar cases", "cases"),
            .. Enumerable.Range(1, answer.Answer.Claims.Count).Select(count => new TurnWriting([.. answer.Answer.Claims.Take(count)])),
            answer]);

        await host.SayAsync(host.Activity(text: "what is it?", change: a => a["attachments"] = Photo(host)));

        Assert.Empty(host.Cloud.Violations);
        var calls = host.Cloud.Activities;
        var kinds = calls.Select(call => (string?)call.Stream?["streamType"]).ToList();
        Assert.Equal("informative", kinds[0]);
        Assert.Equal("Fetching your photo…", calls[0].Text);
        Assert.Contains(calls, call => call.Text == "Looking at your photo…");
        Assert.Contains("streaming", kinds);
        Assert.Equal("final", kinds[^1]);
        Assert.Single(kinds, kind => kind == "final");
        var last = calls[^1].Body!;
        Assert.Equal("message", (string?)last["type"]);
        Assert.Equal("application/vnd.microsoft.card.adaptive", (string?)last["attachments"]![0]!["contentType"]);
        Assert.Equal("default", (string?)last["channelData"]!["feedbackLoop"]!["type"]);
        Assert.Equal("AIGeneratedContent", (string?)last["entities"]!.AsArray().Single(e => (string?)e!["type"] == "https://schema.org/Message")!["additionalType"]![0]);
    }

    [Fact]
    public async Task An_answer_that_is_there_at_once_is_one_message()
    {
        await using var host = await BotHost.StartAsync();
        host.Desk.Script = (_, _) => ScriptedDesk.Events(new TurnProgress("thinking", null), new TurnWriting(Claims), Answers.Text("a1", "All of it."));

        await host.SayAsync(host.Activity(text: "hello"));

        var calls = host.Cloud.Activities;
        Assert.Equal("All of it.", calls[^1].Text);
        Assert.Empty(host.Cloud.Violations);
        Assert.True(calls.Count <= 2, $"{calls.Count} calls for an answer that was there at once.");
    }

    [Fact]
    public async Task A_thumb_under_a_streamed_answer_finds_it()
    {
        await using var host = await BotHost.StartAsync();
        host.Desk.Script = (_, _) => Slowly(host, [new TurnProgress("thinking", null), new TurnWriting(Claims), Answers.Text("answer-7", "First sentence. Second sentence.\n\nThird one.")]);
        await host.SayAsync(host.Activity(text: "hello"));
        var stream = (string?)host.Cloud.Activities[^1].Stream!["streamId"];

        using var response = await host.PostAsync(host.Activity("invoke", change: a =>
        {
            a["name"] = "message/submitAction";
            a["replyToId"] = stream;
            a["value"] = JsonNode.Parse("""{"actionName":"feedback","actionValue":{"reaction":"like"}}""");
        }));

        Assert.Equal("answer-7", Assert.Single(host.Desk.Ratings).AnswerId);
    }

    [Fact]
    public async Task When_the_user_stops_the_stream_the_work_stops_and_nothing_more_is_said()
    {
        await using var host = await BotHost.StartAsync();
        var stopped = new TaskCompletionSource();
        host.Desk.Script = (_, token) => UntilCancelled(stopped, token);
        var parts = 0;
        host.Cloud.Interrupt = call => call.Stream is not null && ++parts > 1 ? FakeCloud.Refuse(403, "ContentStreamNotAllowed", "Content stream was canceled by user") : null;

        await host.SayAsync(host.Activity(text: "hello"));

        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(2, host.Cloud.Activities.Count);
        Assert.DoesNotContain(host.Cloud.Activities, call => call.Type == "message");
    }

    [Fact]
    public async Task After_two_minutes_the_message_is_put_in_place_whole()
    {
        await using var host = await BotHost.StartAsync();
        host.Desk.Script = (_, _) => Slowly(host, [new TurnProgress("thinking", null), new TurnWriting(Claims[..1]), Answers.Text("a1", "First sentence. And the rest.")], TimeSpan.FromSeconds(70));

        await host.SayAsync(host.Activity(text: "hello"));

        var last = host.Cloud.Activities[^1];
        Assert.Equal("PUT", last.Method);
        Assert.EndsWith("/activities/s1", last.Path, StringComparison.Ordinal);
        Assert.Equal("First sentence. And the rest.", last.Text);
        Assert.Null(last.Stream);
        Assert.Empty(host.Cloud.Violations);
    }

    [Fact]
    public async Task A_channel_that_says_the_time_is_over_gets_the_message_in_place_too()
    {
        await using var host = await BotHost.StartAsync();
        host.Desk.Script = (_, _) => Slowly(host, [new TurnProgress("thinking", null), new TurnWriting(Claims[..1]), Answers.Text("a1", "First sentence. And the rest.")]);
        host.Cloud.Interrupt = call => (string?)call.Stream?["streamType"] == "final" ? FakeCloud.Refuse(403, "ContentStreamNotAllowed", "Content stream finished due to exceeded streaming time.") : null;

        await host.SayAsync(host.Activity(text: "hello"));

        Assert.Equal("PUT", host.Cloud.Activities[^1].Method);
        Assert.Equal("First sentence. And the rest.", host.Cloud.Activities[^1].Text);
    }

    [Theory]
    [InlineData(400, "BadArgument", "streaming api is not enabled")]
    [InlineData(403, "ContentStreamNotAllowed", "Content stream is not allowed")]
    [InlineData(500, "InternalServerError", "oops")]
    public async Task A_channel_that_takes_no_stream_gets_the_whole_message(int status, string code, string reason)
    {
        await using var host = await BotHost.StartAsync();
        host.Desk.Script = (_, _) => Slowly(host, [new TurnProgress("thinking", null), new TurnWriting(Claims[..1]), Answers.Text("a1", "The answer.")]);
        host.Cloud.Interrupt = call => call.Stream is null ? null : FakeCloud.Refuse(status, code, reason);

        await host.SayAsync(host.Activity(text: "hello"));

        Assert.Equal("The answer.", Assert.Single(host.Cloud.Activities, call => call.Type == "message").Text);
        Assert.Single(host.Cloud.Activities, call => call.Stream is not null);
    }

    [Fact]
    public async Task A_busy_channel_is_waited_for_and_the_order_kept()
    {
        await using var host = await BotHost.StartAsync();
        host.Desk.Script = (_, _) => Slowly(host, [new TurnProgress("thinking", null), new TurnWriting(Claims[..1]), new TurnWriting(Claims[..2]), Answers.Text("a1", "First sentence. Second sentence. Done.")]);
        var calls = 0;
        host.Cloud.Interrupt = _ => ++calls % 2 == 1 ? (429, null, "2") : null;

        await host.SayAsync(host.Activity(text: "hello"));

        Assert.Empty(host.Cloud.Violations);
        Assert.Equal("final", (string?)host.Cloud.Activities[^1].Stream?["streamType"]);
    }

    [Fact]
    public async Task A_message_too_large_is_sent_again_with_less()
    {
        await using var host = await BotHost.StartAsync();
        host.Desk.Script = (_, _) => ScriptedDesk.Events(Answers.AboutPhoto());
        host.Cloud.Interrupt = call => call.Body?["attachments"] is not null ? FakeCloud.Refuse(413, "MessageSizeTooBig", "too big") : null;

        await host.SayAsync(host.Activity(text: "hello"));

        var messages = host.Cloud.Activities.Where(call => call.Type == "message").ToList();
        Assert.Equal(4, messages.Count);
        Assert.Null(messages[^1].Body!["attachments"]);
        Assert.StartsWith("The most probable diagnosis", messages[^1].Text, StringComparison.Ordinal);
        Assert.NotNull(messages[^1].Body!["suggestedActions"]);
    }

    [Fact]
    public async Task A_channel_that_takes_fewer_citations_gets_the_stream_ended_with_fewer()
    {
        await using var host = await BotHost.StartAsync();
        host.Desk.Script = (_, _) => Slowly(host, [new TurnProgress("thinking", null), Answers.AboutPhoto(cases: 14)]);
        host.Cloud.Interrupt = call => (call.Body?["entities"] as JsonArray)?.Any(e => e!["citation"] is JsonArray { Count: > 10 }) == true
            ? FakeCloud.Refuse(400, "MissingProperty", "Array must contain at most 10 element(s)")
            : null;

        await host.SayAsync(host.Activity(text: "hello"));

        var last = host.Cloud.Activities[^1];
        Assert.Equal("final", (string?)last.Stream?["streamType"]);
        Assert.DoesNotContain("[11]", last.Text, StringComparison.Ordinal);
        Assert.Contains("Findings and similar cases", last.Body!["attachments"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(2, host.Cloud.Activities.Count(call => call.Type == "message"));
        Assert.Empty(host.Cloud.Violations);
    }

    [Fact]
    public async Task A_group_gets_a_sign_of_life_and_one_message_below_the_question()
    {
        await using var host = await BotHost.StartAsync();
        host.Desk.Script = (_, _) => Slowly(host, [new TurnProgress("thinking", null), new TurnWriting(Claims), Answers.Text("a1", "The answer.")]);

        await host.SayAsync(host.GroupActivity("hello"));

        Assert.Empty(host.Cloud.Violations);
        Assert.All(host.Cloud.Activities, call => Assert.Null(call.Stream));
        Assert.All(host.Cloud.Activities, call => Assert.EndsWith("/activities/in-1", call.Path, StringComparison.Ordinal));
        Assert.Equal("typing", host.Cloud.Activities[0].Type);
        Assert.Equal("The answer.", Assert.Single(host.Cloud.Activities, call => call.Type == "message").Text);
    }

    [Fact]
    public async Task What_went_wrong_is_said_in_the_chat()
    {
        await using var host = await BotHost.StartAsync();
        host.Desk.Script = (_, _) => Slowly(host, [new TurnProgress("thinking", null), new TurnFailed("Photos cannot be read here just now. [*]")]);

        await host.SayAsync(host.Activity(text: "hello"));

        Assert.Equal(@"Photos cannot be read here just now. \[\*\]", host.Cloud.Activities[^1].Text);
        Assert.Empty(host.Cloud.Violations);
    }

    // Each event once what came before was sent, so that none is overtaken.
    private static async IAsyncEnumerable<TurnEvent> Slowly(BotHost host, TurnEvent[] events, TimeSpan? between = null)
    {
        foreach (var happened in events)
        {
            var before = host.Cloud.Activities.Count;
            yield return happened;
            for (var tries = 0; tries < 25 && host.Cloud.Activities.Count == before; tries++) await Task.Delay(20);
            await Task.Delay(30);
            if (between is { } time) host.Clock.Advance(time);
        }
    }

    private static async IAsyncEnumerable<TurnEvent> UntilCancelled(TaskCompletionSource stopped, [EnumeratorCancellation] CancellationToken token)
    {
        for (var i = 0; ; i++)
        {
            yield return new TurnProgress($"step {i}", null);
            try
            {
                await Task.Delay(30, token);
            }
            catch (OperationCanceledException)
            {
                stopped.TrySetResult();
                throw;
            }
        }
    }

    private static JsonArray Photo(BotHost host) => new(new JsonObject { ["contentType"] = "image/png", ["contentUrl"] = $"{host.Cloud.ServiceUrl}v3/attachments/1/views/original" });
}
