using System.Net;
using System.Text.Json.Nodes;

namespace DermAssistant.Channels.Tests.BotConnector;

public sealed class BotEndpointTests
{
    [Fact]
    public async Task A_message_is_acknowledged_at_once_and_answered_through_the_connector()
    {
        await using var host = await BotHost.StartAsync();
        var release = new TaskCompletionSource();
        host.Desk.Script = (_, _) => After(release.Task, Answers.Text("a1", "Here is the answer."));

        using var response = await host.PostAsync(host.Activity(text: "hello"));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsStringAsync());
        Assert.DoesNotContain(host.Cloud.Activities, call => call.Type == "message");

        release.SetResult();
        await host.SettleAsync();
        var reply = host.Cloud.Activities[^1];
        Assert.Equal("Here is the answer.", reply.Text);
        Assert.Equal("28:bot", (string?)reply.Body!["from"]!["id"]);
        Assert.Equal("29:user", (string?)reply.Body["recipient"]!["id"]);
        Assert.Equal("in-1", (string?)reply.Body["replyToId"]);
        Assert.Null(reply.Body["serviceUrl"]);
        Assert.Empty(host.Cloud.Violations);
    }

    [Fact]
    public async Task What_is_asked_reaches_the_desk_without_mentions_and_with_its_photos()
    {
        await using var host = await BotHost.StartAsync();
        host.Cloud.Files["/emea/v3/attachments/1/views/original"] = async context => await context.Response.Body.WriteAsync(new byte[] { 1, 2, 3 });

        await host.SayAsync(host.GroupActivity("<at>DermAssistant</at>&nbsp; is <at>Ann</at> right?".Replace("&nbsp;", "\u00a0", StringComparison.Ordinal), activity =>
        {
            activity["entities"] = new JsonArray(Mention("28:bot", "<at>DermAssistant</at>"), Mention("29:ann", "<at>Ann</at>"));
            activity["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "image/*", ["contentUrl"] = $"{host.Cloud.ServiceUrl}v3/attachments/1/views/original" });
        }));

        var asked = Assert.Single(host.Desk.Asked);
        Assert.Equal("is Ann right?", asked.Text);
        Assert.Equal(new ConversationKey("msteams", "19:group@thread.v2"), asked.Conversation);
        Assert.Equal("19:group@thread.v2", asked.User);
        Assert.Equal([1, 2, 3], Assert.Single(asked.Files).Bytes.ToArray());

        static JsonObject Mention(string id, string text) => new() { ["type"] = "mention", ["text"] = text, ["mentioned"] = new JsonObject { ["id"] = id } };
    }

    [Fact]
    public async Task Conversations_of_other_connectors_do_not_meet_those_of_this_servers_own_channels()
    {
        await using var host = await BotHost.StartAsync();

        await host.SayAsync(host.Activity(text: "hello", change: activity => activity["channelId"] = "webchat"));

        Assert.Equal("connector.webchat", Assert.Single(host.Desk.Asked).Conversation.Channel);
    }

    [Fact]
    public async Task A_message_delivered_twice_is_answered_once()
    {
        await using var host = await BotHost.StartAsync();
        var message = host.Activity(text: "hello");

        Assert.Equal(HttpStatusCode.Accepted, await host.SayAsync(message));
        Assert.Equal(HttpStatusCode.OK, await host.SayAsync(message));
        Assert.Equal(HttpStatusCode.Accepted, await host.SayAsync(host.Activity(text: "hello")));

        Assert.Equal(2, host.Desk.Asked.Count);
    }

    [Fact]
    public async Task Messages_of_one_conversation_are_answered_in_order_while_others_go_on()
    {
        await using var host = await BotHost.StartAsync(channels: new ChannelsOptions { MaxRunningTurns = 4 });
        var first = new TaskCompletionSource();
        host.Desk.Script = (message, _) => message.Text == "one" ? After(first.Task, Answers.Text("a", "1")) : ScriptedDesk.Events(Answers.Text("a", message.Text));

        foreach (var text in new[] { "one", "two", "three" }) (await host.PostAsync(host.Activity(text: text))).Dispose();
        (await host.PostAsync(host.Activity(text: "other", conversation: "a:other"))).Dispose();
        await BotHost.UntilAsync(() => host.Cloud.Activities.Any(call => call.Text == "other"), "the other conversation's answer");
        Assert.Equal(["one", "other"], host.Desk.Asked.Select(asked => asked.Text).Order());

        first.SetResult();
        await host.SettleAsync();
        Assert.Equal(["1", "two", "three"], host.Cloud.Activities.Where(call => call.Type == "message" && call.Text != "other").Select(call => call.Text));
    }

    [Fact]
    public async Task What_is_too_much_is_refused_and_can_be_delivered_again()
    {
        await using var host = await BotHost.StartAsync(channels: new ChannelsOptions { MaxWaitingTurnsPerConversation = 1, MaxRunningTurns = 1 });
        var release = new TaskCompletionSource();
        host.Desk.Script = (_, _) => After(release.Task, Answers.Text("a", "done"));
        (await host.PostAsync(host.Activity(text: "one"))).Dispose();
        await BotHost.UntilAsync(() => host.Desk.Asked.Count == 1, "the first turn to run");
        (await host.PostAsync(host.Activity(text: "two"))).Dispose();
        var third = host.Activity(text: "three");

        using var refused = await host.PostAsync(third);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);

        release.SetResult();
        await host.SettleAsync();
        Assert.Equal(HttpStatusCode.Accepted, await host.SayAsync(third));
        Assert.Equal(["one", "two", "three"], host.Desk.Asked.Select(asked => asked.Text));
    }

    [Fact]
    public async Task Callers_without_a_token_or_with_one_for_something_else_are_refused_and_nothing_happens()
    {
        await using var host = await BotHost.StartAsync();
        var activity = host.Activity(text: "hello").ToJsonString();

        using var none = await host.PostAsync(activity, null);
        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
        Assert.Equal("Bearer", none.Headers.WwwAuthenticate.ToString());
        Assert.Equal(401, await StatusAsync(host, activity, "Bearer forged.token.here"));
        Assert.Equal(403, await StatusAsync(host, host.Activity(text: "hello", change: a => a["channelId"] = "slack").ToJsonString()));
        Assert.Equal(403, await StatusAsync(host, host.Activity(text: "hello", change: a => a["serviceUrl"] = "https://smba.trafficmanager.net/emea/").ToJsonString()));
        await host.SettleAsync();
        Assert.Empty(host.Desk.Asked);
        Assert.Empty(host.Cloud.Activities);
    }

    [Fact]
    public async Task Two_authorization_headers_are_refused()
    {
        await using var host = await BotHost.StartAsync();
        var good = $"Bearer {host.Key.Sign(host.Claims())}";

        using var response = await host.PostAsync(host.Activity(text: "hello").ToJsonString(), good, change: request => request.Headers.TryAddWithoutValidation("Authorization", "Bearer x"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_validly_signed_service_that_is_not_on_the_list_is_not_answered()
    {
        await using var host = await BotHost.StartAsync();
        var claims = host.Claims();
        claims["serviceurl"] = "https://evil.example/";

        using var response = await host.PostAsync(host.Activity(text: "hello", change: a => a["serviceUrl"] = "https://evil.example/").ToJsonString(), $"Bearer {host.Key.Sign(claims)}");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(0, host.Cloud.SignIns);
    }

    [Fact]
    public async Task Only_listed_tenants_are_answered_where_there_is_a_list()
    {
        await using var host = await BotHost.StartAsync(options => options with { AllowedTenants = [FakeCloud.Tenant] });

        Assert.Equal(202, await StatusAsync(host, host.Activity(text: "hello").ToJsonString()));
        Assert.Equal(403, await StatusAsync(host, host.Activity(text: "hello", change: a => a["conversation"]!["tenantId"] = "00000000-0000-4000-8000-000000000bad").ToJsonString()));
        Assert.Equal(403, await StatusAsync(host, host.Activity(text: "hello", change: a =>
        {
            ((JsonObject)a["conversation"]!).Remove("tenantId");
            a.Remove("channelData");
        }).ToJsonString()));
    }

    [Fact]
    public async Task When_the_key_server_is_down_the_connector_is_asked_to_come_again()
    {
        await using var host = await BotHost.StartAsync();
        host.Cloud.KeysAreDown = true;

        using var response = await host.PostAsync(host.Activity(text: "hello"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("null", 400)]
    [InlineData("[]", 400)]
    [InlineData("{\"type\":7}", 400)]
    [InlineData("{\"text\":\"hello\"", 400)]
    [InlineData("{\"type\":\"message\"}", 400)]
    public async Task A_body_that_is_no_activity_is_refused_with_the_reason(string body, int status)
    {
        await using var host = await BotHost.StartAsync();

        using var response = await host.PostAsync(body, $"Bearer {host.Key.Sign(host.Claims())}");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.NotEmpty((string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["message"] ?? "");
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_no_json_is_refused()
    {
        await using var host = await BotHost.StartAsync(options => options with { MaxActivityBytes = 5_000 });

        Assert.Equal(413, await StatusAsync(host, host.Activity(text: new string('a', 6_000)).ToJsonString()));
        using var text = await host.PostAsync("hello", $"Bearer {host.Key.Sign(host.Claims())}", "text/plain");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, text.StatusCode);
        Assert.Equal(202, await StatusAsync(host, host.Activity(text: "still here").ToJsonString()));
    }

    [Fact]
    public async Task Without_an_application_id_callers_on_this_machine_are_answered_and_others_are_not()
    {
        await using var host = await BotHost.StartAsync(options => options with { AppId = null, ClientSecret = null });
        host.Cloud.Interrupt = _ => (201, new JsonObject { ["id"] = "m1" }, null);
        var activity = host.Activity(text: "hello").ToJsonString();

        using var local = await host.PostAsync(activity, null);
        Assert.Equal(HttpStatusCode.Accepted, local.StatusCode);
        await host.SettleAsync();
        Assert.Null(host.Cloud.Activities[^1].Authorization);

        // A tunnel on this machine says whom it speaks for.
        using var tunnel = await host.PostAsync(activity, null, change: request => request.Headers.Add("X-Forwarded-For", "203.0.113.7"));
        Assert.Equal(HttpStatusCode.Forbidden, tunnel.StatusCode);
    }

    [Fact]
    public async Task Installing_the_app_is_greeted_once_however_many_activities_tell_of_it()
    {
        await using var host = await BotHost.StartAsync();
        JsonNode Members(params string[] ids) => new JsonArray([.. ids.Select(id => (JsonNode)new JsonObject { ["id"] = id })]);

        await host.SayAsync(host.Activity("installationUpdate", change: a => a["action"] = "add"));
        await host.SayAsync(host.Activity("conversationUpdate", change: a => a["membersAdded"] = Members("29:user", "28:bot")));
        await host.SayAsync(host.Activity("conversationUpdate", conversation: "a:2", change: a => a["membersAdded"] = Members("28:bot")));

        var greeting = Assert.Single(host.Cloud.Activities);
        Assert.Contains("not a medical device", greeting.Text, StringComparison.Ordinal);
        Assert.Empty(host.Desk.Asked);
    }

    [Fact]
    public async Task In_a_group_only_the_bots_own_coming_is_greeted()
    {
        await using var host = await BotHost.StartAsync();

        await host.SayAsync(host.GroupActivity("", a =>
        {
            a["type"] = "conversationUpdate";
            a["membersAdded"] = new JsonArray(new JsonObject { ["id"] = "29:ann" });
        }));
        Assert.Empty(host.Cloud.Activities);

        await host.SayAsync(host.GroupActivity("", a =>
        {
            a["type"] = "installationUpdate";
            a["action"] = "add";
        }));
        Assert.Contains("Mention me", Assert.Single(host.Cloud.Activities).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Delete my data", "erased here")]
    [InlineData("new chat", "start over")]
    public async Task Data_are_erased_on_request(string words, string said)
    {
        await using var host = await BotHost.StartAsync();

        await host.SayAsync(host.Activity(text: words));

        Assert.Equal([new ConversationKey("msteams", "a:chat;1")], host.Desk.Erased);
        Assert.Contains(said, Assert.Single(host.Cloud.Activities).Text, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(host.Desk.Asked);
    }

    [Fact]
    public async Task Removing_the_app_erases_what_was_sent_and_says_nothing()
    {
        await using var host = await BotHost.StartAsync();

        await host.SayAsync(host.Activity("installationUpdate", change: a => a["action"] = "remove"));

        Assert.Single(host.Desk.Erased);
        Assert.Empty(host.Cloud.Activities);
    }

    [Fact]
    public async Task A_message_of_nothing_is_told_what_to_send()
    {
        await using var host = await BotHost.StartAsync();

        await host.SayAsync(host.Activity(text: " ", change: a => a["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "text/html", ["content"] = "<p></p>" })));

        Assert.Contains("neither words nor a photo", Assert.Single(host.Cloud.Activities).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cards_button_asks_its_question()
    {
        await using var host = await BotHost.StartAsync();

        await host.SayAsync(host.Activity(change: a => a["value"] = new JsonObject { ["ask"] = "How sure are you?" }));

        Assert.Equal("How sure are you?", Assert.Single(host.Desk.Asked).Text);
    }

    public static TheoryData<string, bool, string?> Thumbs => new()
    {
        // Teams, the Agents Playground, and Web Chat.
        { """{"reaction":"like","feedback":"{\"feedbackText\":\"well put\"}"}""", true, "well put" },
        { """{"reaction":"dislike","feedback":"plain words"}""", false, "plain words" },
        { """{"reaction":"like","feedback":{"feedbackText":"an object"}}""", true, "an object" },
        { """{"reaction":"like","feedback":"{not json"}""", true, "{not json" },
        { """{"reaction":"like","feedback":"{\"feedbackText\":\"\"}"}""", true, null },
        { """{"reaction":"dislike"}""", false, null },
    };

    [Theory]
    [MemberData(nameof(Thumbs))]
    public async Task Thumbs_are_kept_with_the_answer_they_stand_under(string action, bool helpful, string? comment)
    {
        await using var host = await BotHost.StartAsync();
        await host.SayAsync(host.Activity(text: "hello"));

        using var response = await host.PostAsync(host.Activity("invoke", change: a =>
        {
            a["name"] = "message/submitAction";
            a["replyToId"] = "m1";
            a["value"] = new JsonObject { ["actionName"] = "feedback", ["actionValue"] = JsonNode.Parse(action) };
        }));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("{}", await response.Content.ReadAsStringAsync());
        Assert.Equal((new ConversationKey("msteams", "a:chat;1"), "a1", new Rating(helpful, comment)), Assert.Single(host.Desk.Ratings));
    }

    [Fact]
    public async Task A_thumb_that_names_no_message_counts_for_the_last_answer()
    {
        await using var host = await BotHost.StartAsync();

        using var response = await host.PostAsync(host.Activity("invoke", change: a =>
        {
            a["name"] = "message/submitAction";
            a["value"] = JsonNode.Parse("""{"actionName":"feedback","actionValue":{"reaction":"like"}}""");
        }));

        Assert.Null(Assert.Single(host.Desk.Ratings).AnswerId);
    }

    [Fact]
    public async Task Invokes_are_answered_in_the_response()
    {
        await using var host = await BotHost.StartAsync();

        using var form = await InvokeAsync(host, "message/fetchTask", """{"actionName":"feedback","actionValue":{"reaction":"dislike"}}""");
        var task = JsonNode.Parse(await form.Content.ReadAsStringAsync())!["task"]!;
        Assert.Equal("continue", (string?)task["type"]);
        Assert.Equal("What was wrong or missing?", (string?)task["value"]!["card"]!["content"]!["body"]![0]!["label"]);

        using var card = await InvokeAsync(host, "adaptiveCard/action", """{"action":{"type":"Action.Execute","data":{"ask":"How sure are you?"}}}""");
        Assert.Equal(200, (int?)JsonNode.Parse(await card.Content.ReadAsStringAsync())!["statusCode"]);
        await host.SettleAsync();
        Assert.Equal("How sure are you?", Assert.Single(host.Desk.Asked).Text);

        using var empty = await InvokeAsync(host, "adaptiveCard/action", """{"action":{"data":{}}}""");
        Assert.Equal(400, (int?)JsonNode.Parse(await empty.Content.ReadAsStringAsync())!["statusCode"]);
        using var nonsense = await InvokeAsync(host, "message/submitAction", """{"actionName":"feedback","actionValue":{"reaction":"meh"}}""");
        Assert.Equal(HttpStatusCode.BadRequest, nonsense.StatusCode);
        using var unknown = await InvokeAsync(host, "fileConsent/invoke", "{}");
        Assert.Equal(HttpStatusCode.NotImplemented, unknown.StatusCode);
    }

    [Theory]
    [InlineData("messageReaction")]
    [InlineData("messageUpdate")]
    [InlineData("typing")]
    [InlineData("endOfConversation")]
    [InlineData("somethingNew")]
    public async Task Other_activities_are_taken_in_without_effect(string type)
    {
        await using var host = await BotHost.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await host.SayAsync(host.Activity(type, "hello")));
        Assert.Empty(host.Desk.Asked);
        Assert.Empty(host.Cloud.Activities);
    }

    [Fact]
    public async Task Who_expects_replies_finds_them_in_the_response()
    {
        await using var host = await BotHost.StartAsync();
        host.Desk.Script = (_, _) => ScriptedDesk.Events(new TurnProgress("looking", null), Answers.AboutPhoto());

        using var response = await host.PostAsync(host.Activity(text: "hello", change: a => a["deliveryMode"] = "expectReplies"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var activities = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["activities"]!.AsArray();
        Assert.StartsWith("The most probable diagnosis is melanoma", (string?)Assert.Single(activities)!["text"], StringComparison.Ordinal);
        Assert.Empty(host.Cloud.Activities);
    }

    [Fact]
    public async Task Nothing_a_user_says_is_logged()
    {
        await using var host = await BotHost.StartAsync();
        host.Cloud.Interrupt = _ => FakeCloud.Refuse(400, "BadArgument", "refused");

        await host.SayAsync(host.Activity(text: "my secret rash", change: a => a["attachments"] = new JsonArray(
            new JsonObject { ["contentType"] = "image/png", ["name"] = "secret.png", ["contentUrl"] = "https://evil.example/secret.png" })));

        Assert.NotEmpty(host.Log);
        Assert.DoesNotContain(host.Log, line => line.Contains("secret", StringComparison.Ordinal) || line.Contains("29:user", StringComparison.Ordinal) || line.Contains("token-", StringComparison.Ordinal));
    }

    private static async IAsyncEnumerable<TurnEvent> After(Task signal, TurnEvent last)
    {
        await signal;
        yield return last;
    }

    private static async Task<int> StatusAsync(BotHost host, string body, string? authorization = null)
    {
        using var response = await host.PostAsync(body, authorization ?? $"Bearer {host.Key.Sign(host.Claims())}");
        return (int)response.StatusCode;
    }

    private static Task<HttpResponseMessage> InvokeAsync(BotHost host, string name, string value) => host.PostAsync(host.Activity("invoke", change: a =>
    {
        a["name"] = name;
        a["value"] = JsonNode.Parse(value);
    }));
}
