using System.Text.Json;
using System.Text.Json.Nodes;
using DermAssistant.Channels.Activities;
using DermAssistant.Channels.Teams;
using Microsoft.Extensions.Logging;

namespace DermAssistant.Channels.BotConnector;

/// <summary>What the endpoint answers.</summary>
/// <param name="Body">Null for an empty body.</param>
internal sealed record BotResponse(int Status, JsonNode? Body = null, int? RetryAfterSeconds = null)
{
    public static BotResponse Done { get; } = new(200);

    public static BotResponse Error(int status, string code, string message, int? retryAfterSeconds = null) =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } }, retryAfterSeconds);
}

/// <summary>Takes in activities from connectors.</summary>
/// <remarks>
/// Who calls is checked before anything of the body is read. What takes time is put into the queue and answered through the connector; the request
/// itself is answered at once, save where the protocol wants the answer in it.
/// </remarks>
internal sealed class BotConnectorDoor(
    BotConnectorOptions options,
    BotTokens tokens,
    AllowedHosts hosts,
    ConnectorClient connector,
    BotTurn turn,
    IChatDesk desk,
    ITurnQueue queue,
    SeenDeliveries seen,
    SentAnswers answers,
    ILogger<BotConnectorDoor> logger)
{
    private const int BusySeconds = 30;

    /// <summary>Takes in one request.</summary>
    /// <param name="local">Whether the request comes from this machine.</param>
    public async Task<BotResponse> ReceiveAsync(string? authorization, bool local, Stream body, CancellationToken cancellationToken)
    {
        try
        {
            var caller = await tokens.AuthenticateAsync(authorization, cancellationToken);
            if (caller.Kind == BotCallerKind.Anonymous && !local) throw TokenRejectedException.Forbidden("Without an application id, only callers on this machine are answered.");
            if (await ReadAsync(body, cancellationToken) is not { } bytes) return BotResponse.Error(413, "MessageSizeTooBig", $"An activity may have {options.MaxActivityBytes} bytes.");
            var activity = ActivityJson.Read(bytes);
            if (MissingIn(activity) is { } missing) return BotResponse.Error(400, "BadSyntax", $"The activity has no {missing}.");
            caller.Permit(activity.ChannelId, activity.ServiceUrl);
            return await TakeAsync(activity, AddressOf(activity), cancellationToken);
        }
        catch (TokenRejectedException rejected)
        {
            logger.LogWarning("A call of the bot endpoint was refused: {Rule}", rejected.Message);
            return BotResponse.Error(rejected.Status, rejected.Status == 401 ? "Unauthorized" : "Forbidden", rejected.Message);
        }
        catch (HttpRequestException unreachable)
        {
            logger.LogError("A caller of the bot endpoint could not be checked: {Reason}", unreachable.Message);
            return BotResponse.Error(503, "ServiceUnavailable", "The signing keys cannot be fetched just now.", BusySeconds);
        }
        catch (JsonException)
        {
            return BotResponse.Error(400, "BadSyntax", "The body is no activity in JSON.");
        }
    }

    private static string? MissingIn(Activity activity) => activity switch
    {
        { Type: null or "" } => "type",
        { ChannelId: null or "" } => "channelId",
        { ServiceUrl: null or "" } => "serviceUrl",
        { Conversation.Id: null or "" } or { Conversation: null } => "conversation.id",
        _ => null,
    };

    private async Task<byte[]?> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        var part = new byte[16_384];
        while (await body.ReadAsync(part, cancellationToken) is > 0 and var count)
        {
            if (kept.Length + count > options.MaxActivityBytes) return null;
            kept.Write(part, 0, count);
        }

        return kept.ToArray();
    }

    // Whatever an activity claims, answers go to connectors on the list only.
    private ConnectorAddress AddressOf(Activity activity)
    {
        if (options.AllowedTenants.Count > 0 && !options.AllowedTenants.Contains(BotMessage.TenantOf(activity), StringComparer.OrdinalIgnoreCase))
            throw TokenRejectedException.Forbidden("The activity's tenant is not one that is answered here.");
        return Uri.TryCreate(activity.ServiceUrl, UriKind.Absolute, out var service) && hosts.IsConnector(service)
            ? new ConnectorAddress(service, activity.Conversation!.Id!)
            : throw TokenRejectedException.Forbidden("The activity's serviceUrl is not on the list of connectors (Bot:ExtraConnectorHosts).");
    }

    private Task<BotResponse> TakeAsync(Activity activity, ConnectorAddress address, CancellationToken cancellationToken) => activity.Type switch
    {
        ActivityTypes.Message => MessageAsync(activity, address, cancellationToken),
        ActivityTypes.Invoke => InvokeAsync(activity, address, cancellationToken),
        ActivityTypes.InstallationUpdate => Task.FromResult(Installation(activity, address)),
        ActivityTypes.ConversationUpdate => Task.FromResult(Members(activity, address)),
        _ => Task.FromResult(BotResponse.Done),
    };

    private async Task<BotResponse> MessageAsync(Activity message, ConnectorAddress address, CancellationToken cancellationToken)
    {
        var conversation = BotMessage.ConversationOf(message);
        if (message.DeliveryMode == "expectReplies") return await ReplyInResponseAsync(message, conversation, cancellationToken);
        var delivery = new Delivery(message.ChannelId, message.Conversation?.Id, message.Id);
        if (!seen.TryEnter(delivery)) return BotResponse.Done;
        if (queue.TryEnter(conversation, token => AnswerAsync(message, address, token))) return new BotResponse(202);
        // The connector may deliver it again, and it is new then.
        seen.Leave(delivery);
        return BotResponse.Error(429, "TooManyRequests", TeamsWords.Busy, BusySeconds);
    }

    private async Task<BotResponse> ReplyInResponseAsync(Activity message, ConversationKey conversation, CancellationToken cancellationToken)
    {
        var replies = new CollectedReplies(message);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var entered = queue.TryEnter(conversation, async stopping =>
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
            try
            {
                if (!await CommandAsync(message, replies, either.Token)) await turn.AnswerAsync(message, replies, either.Token);
                done.TrySetResult();
            }
            catch (Exception e)
            {
                done.TrySetException(e);
            }
        });
        if (!entered) return BotResponse.Error(429, "TooManyRequests", TeamsWords.Busy, BusySeconds);
        await done.Task;
        return new BotResponse(200, new JsonObject { ["activities"] = new JsonArray([.. replies.Said.Select(said => JsonNode.Parse(ActivityJson.Write(said)))]) });
    }

    private async Task AnswerAsync(Activity message, ConnectorAddress address, CancellationToken cancellationToken)
    {
        try
        {
            if (await CommandAsync(message, new ConnectorReplies(connector, address, message), cancellationToken)) return;
        }
        catch (ConnectorException failure)
        {
            logger.LogError("A reply could not be delivered: {Reason}", failure.Message);
            return;
        }

        await turn.AnswerAsync(message, address, cancellationToken);
    }

    // Whether the message was for the bot itself and is answered.
    private async Task<bool> CommandAsync(Activity message, IReplies replies, CancellationToken cancellationToken)
    {
        var words = BotMessage.WordsOf(message);
        var hasFiles = AttachedFiles.Any(message);
        var reply = hasFiles ? null : TeamsWords.Command(words) switch
        {
            TeamsCommand.Help => BotMessage.IsGroup(message) ? TeamsWords.GroupGreeting : TeamsWords.Greeting,
            TeamsCommand.Erase => await EraseAsync(message, TeamsWords.Erased, cancellationToken),
            TeamsCommand.StartOver => await EraseAsync(message, TeamsWords.StartedOver, cancellationToken),
            _ => words.Length == 0 ? TeamsWords.Empty : null,
        };
        if (reply is null) return false;
        await replies.SayAsync(TeamsMessage.Said(reply), cancellationToken);
        return true;
    }

    private async Task<string> EraseAsync(Activity message, string done, CancellationToken cancellationToken)
    {
        try
        {
            await desk.EraseAsync(BotMessage.ConversationOf(message), cancellationToken);
            return done;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogError("A conversation could not be erased: {Failure} {Place}", e.GetType().Name, e.StackTrace);
            return TeamsWords.NotErased;
        }
    }

    private BotResponse Installation(Activity activity, ConnectorAddress address)
    {
        if (activity.Action is "add" or "add-upgrade") Greet(activity, address);
        // Who removes the app takes their data with them.
        if (activity.Action is "remove" or "remove-upgrade")
            queue.TryEnter(BotMessage.ConversationOf(activity), token => EraseAsync(activity, TeamsWords.Erased, token));
        return BotResponse.Done;
    }

    private BotResponse Members(Activity activity, ConnectorAddress address)
    {
        // In groups people come and go; only the bot's own coming is greeted, by its installation.
        if (!BotMessage.IsGroup(activity) && activity.MembersAdded?.Any(member => member.Id != activity.Recipient?.Id) == true) Greet(activity, address);
        return BotResponse.Done;
    }

    private void Greet(Activity activity, ConnectorAddress address)
    {
        // Installing an app is told in several activities; one of them is greeted.
        if (!seen.TryEnter(new Delivery(activity.ChannelId, activity.Conversation?.Id, "greeting"))) return;
        var greeting = TeamsMessage.Said(BotMessage.IsGroup(activity) ? TeamsWords.GroupGreeting : TeamsWords.Greeting);
        queue.TryEnter(BotMessage.ConversationOf(activity), async token =>
        {
            try
            {
                await new ConnectorReplies(connector, address, activity).SayAsync(greeting, token);
            }
            catch (ConnectorException failure)
            {
                logger.LogWarning("A greeting could not be delivered: {Reason}", failure.Message);
            }
        });
    }

    private async Task<BotResponse> InvokeAsync(Activity invoke, ConnectorAddress address, CancellationToken cancellationToken)
    {
        switch (invoke.Name)
        {
            case "message/submitAction":
                if (TeamsFeedback.Read(invoke.Value) is not { } rating) return BotResponse.Error(400, "BadArgument", "The value is no feedback.");
                var conversation = BotMessage.ConversationOf(invoke);
                await desk.RateAsync(conversation, answers.Find(conversation, invoke.ReplyToId), rating, cancellationToken);
                // Anything else in the body is an error to Teams.
                return new BotResponse(200, new JsonObject());
            case "message/fetchTask":
                return new BotResponse(200, TeamsFeedback.Form(TeamsFeedback.Liked(invoke.Value)));
            case "adaptiveCard/action":
                return CardAction(invoke, address);
            default:
                return new BotResponse(501);
        }
    }

    private BotResponse CardAction(Activity invoke, ConnectorAddress address)
    {
        if (((invoke.Value as JsonObject)?["action"] as JsonObject)?["data"] is not { } data || BotMessage.AskedBy(data) is not { } question)
            return Told(400, "application/vnd.microsoft.error", new JsonObject { ["code"] = "BadRequest", ["message"] = "This button asks nothing." });
        var asked = invoke with { Type = ActivityTypes.Message, Text = question, Value = null, Name = null };
        return queue.TryEnter(BotMessage.ConversationOf(invoke), token => AnswerAsync(asked, address, token))
            ? Told(200, "application/vnd.microsoft.activity.message", TeamsText.Sentence(question))
            : Told(429, "application/vnd.microsoft.error", new JsonObject { ["code"] = "TooManyRequests", ["message"] = TeamsWords.Busy });

        static BotResponse Told(int status, string type, JsonNode value) => new(200, new JsonObject { ["statusCode"] = status, ["type"] = type, ["value"] = value });
    }
}
