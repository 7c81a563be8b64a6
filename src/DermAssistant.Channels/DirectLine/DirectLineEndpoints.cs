using System.Text.Json;
using DermAssistant.Channels.Conversations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace DermAssistant.Channels.DirectLine;

/// <summary>Direct Line 3.0 as Web Chat and <c>botframework-directlinejs</c> use it.</summary>
public static class DirectLineEndpoints
{
    /// <summary>The CORS policy for pages of trusted origins.</summary>
    public const string CorsPolicy = "directline";

    /// <summary>Maps <c>/v3/directline</c>. The host has to use WebSockets and CORS before.</summary>
    public static IEndpointRouteBuilder MapDirectLine(this IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("/v3/directline").RequireCors(CorsPolicy).ExcludeFromDescription();
        open.MapGet("/conversations/{conversationId}/stream", StreamAsync);
        open.MapGet("/conversations/{conversationId}/photos/{photo}", Photo);

        var group = open.MapGroup("").AddEndpointFilter<DirectLineDoor>();
        group.MapPost("/tokens/generate", GenerateAsync);
        group.MapPost("/tokens/refresh", Refresh);
        group.MapPost("/conversations", BeginAsync);
        group.MapGet("/conversations/{conversationId}", Resume);
        group.MapGet("/conversations/{conversationId}/activities", Activities);
        group.MapPost("/conversations/{conversationId}/activities", PostAsync);
        group.MapPost("/conversations/{conversationId}/upload", UploadAsync);
        return app;
    }

    private static async Task<IResult> GenerateAsync(HttpContext context, DirectLineTokens tokens)
    {
        if (DirectLineCaller.Of(context).Grant is not null)
            return DirectLineError.Result(StatusCodes.Status403Forbidden, "BadArgument", "A token makes no further tokens; tokens/refresh renews it.");
        var (grant, refusal) = await GrantAsync(context, tokens);
        if (grant is null) return refusal!;
        return Json(new ConversationReply(grant.Conversation, tokens.Issue(grant), tokens.Seconds), StatusCodes.Status200OK);
    }

    private static IResult Refresh(HttpContext context, DirectLineTokens tokens)
    {
        if (DirectLineCaller.Of(context).Grant is not { } grant)
            return DirectLineError.Result(StatusCodes.Status403Forbidden, "BadArgument", "The secret needs no renewal.");
        var renewed = tokens.Grant(grant.Conversation, grant.User, grant.Origins, grant.OwnPage);
        return Json(new ConversationReply(grant.Conversation, tokens.Issue(renewed), tokens.Seconds), StatusCodes.Status200OK);
    }

    private static async Task<IResult> BeginAsync(HttpContext context, DirectLineTokens tokens, ConversationRegister register, StreamTickets tickets)
    {
        var grant = DirectLineCaller.Of(context).Grant;
        if (grant is null)
        {
            var (made, refusal) = await GrantAsync(context, tokens);
            if (made is null) return refusal!;
            grant = made;
        }

        var known = register.Find(grant.Key) is not null;
        if (!register.Enter(grant.Key, grant.User)) return DirectLineError.Foreign();
        return Json(Reply(context, grant, null, tokens, tickets), known ? StatusCodes.Status200OK : StatusCodes.Status201Created);
    }

    private static IResult Resume(
        HttpContext context, string conversationId, string? watermark, DirectLineTokens tokens, ConversationRegister register, StreamTickets tickets)
    {
        var (grant, refusal) = DirectLineCaller.Of(context).In(conversationId, register, tokens);
        if (grant is null) return refusal!;
        if (!Watermarks.TryRead(watermark, out _)) return BadWatermark();
        register.Enter(grant.Key, grant.User);
        return Json(Reply(context, grant, watermark, tokens, tickets), StatusCodes.Status200OK);
    }

    private static IResult Activities(
        HttpContext context, string conversationId, string? watermark, DirectLineTokens tokens, ConversationRegister register, ActivityLog log, PhotoAddresses addresses)
    {
        var (grant, refusal) = DirectLineCaller.Of(context).In(conversationId, register, tokens);
        if (grant is null) return refusal!;
        if (!Watermarks.TryRead(watermark, out var after)) return BadWatermark();
        var found = log.After(grant.Key, after);
        var origin = DirectLineOrigins.Own(context.Request);
        // A watermark that is ahead of us stays what it is: a client must never be sent back.
        var set = new ActivitySet([.. found.Select(entry => addresses.Address(entry.Activity, conversationId, origin))], Watermarks.Write(found.Count > 0 ? found[^1].Sequence : after));
        return TypedResults.Json(set, DirectLineJson.Relaxed.ActivitySet);
    }

    private static async Task<IResult> PostAsync(
        HttpContext context, string conversationId, DirectLineTokens tokens, ConversationRegister register, MessageLimit limit, UploadReader reader, IncomingActivities incoming)
    {
        var (grant, refusal) = DirectLineCaller.Of(context).In(conversationId, register, tokens);
        if (grant is null) return refusal!;
        if (limit.Wait(grant.User) is { } seconds) return TooMany(context, seconds);
        try
        {
            var activity = await reader.ReadActivityAsync(context.Request.Body, context.RequestAborted);
            return await TakeAsync(grant, new Upload(activity, []), register, incoming, context.RequestAborted);
        }
        catch (UploadException failure)
        {
            return DirectLineError.Result(failure.Status, "BadArgument", failure.Message);
        }
    }

    private static async Task<IResult> UploadAsync(
        HttpContext context,
        string conversationId,
        DirectLineTokens tokens,
        ConversationRegister register,
        MessageLimit limit,
        UploadReader reader,
        IncomingActivities incoming,
        PhotoMemory memory,
        ChannelsOptions options)
    {
        var (grant, refusal) = DirectLineCaller.Of(context).In(conversationId, register, tokens);
        if (grant is null) return refusal!;
        if (limit.Wait(grant.User) is { } seconds) return TooMany(context, seconds);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = options.DirectLine.MaxUploadBytes;
        // Room is taken before anything is read: many large uploads at once must not take the server down.
        var bytes = Math.Min(context.Request.ContentLength ?? long.MaxValue, options.DirectLine.MaxFiles * options.DirectLine.MaxFileBytes);
        if (!memory.Arriving.TryTake(bytes)) return TooMany(context, 5);
        try
        {
            return await TakeAsync(grant, await reader.ReadAsync(context.Request, context.RequestAborted), register, incoming, context.RequestAborted);
        }
        catch (UploadException failure)
        {
            return DirectLineError.Result(failure.Status, "BadArgument", failure.Message);
        }
        catch (BadHttpRequestException failure)
        {
            return DirectLineError.Result(failure.StatusCode, "BadArgument", $"An upload may have {options.DirectLine.MaxUploadBytes / 1e6:0} MB at most, and has to be whole.");
        }
        finally
        {
            memory.Arriving.Return(bytes);
        }
    }

    private static async Task<IResult> TakeAsync(DirectLineGrant grant, Upload upload, ConversationRegister register, IncomingActivities incoming, CancellationToken cancellationToken)
    {
        if (upload.Activity.Type.Length == 0) return DirectLineError.BadArgument("The activity has no type.");
        register.Enter(grant.Key, grant.User);
        return await incoming.TakeAsync(grant, upload, cancellationToken) is { } id
            ? TypedResults.Json(new ResourceReply(id), DirectLineJson.Relaxed.ResourceReply)
            : DirectLineError.NoConversation();
    }

    private static async Task<IResult> StreamAsync(
        HttpContext context,
        string conversationId,
        string? watermark,
        [FromQuery(Name = "t")] string? ticket,
        StreamTickets tickets,
        DirectLineOrigins origins,
        ConversationRegister register,
        OpenStreams streams,
        LiveConversations live,
        PhotoAddresses addresses,
        TurnQueue queue)
    {
        if (!context.WebSockets.IsWebSocketRequest) return DirectLineError.BadArgument("This address is for WebSockets.");
        if (tickets.Redeem(ticket) is not { } grant) return DirectLineError.BadToken();
        if (grant.Conversation != conversationId) return DirectLineError.Foreign();
        if (!origins.Allows(context.Request, grant.Origins))
            return DirectLineError.Result(StatusCodes.Status403Forbidden, "ForeignOrigin", "Pages of this origin are not trusted here.");
        if (!Watermarks.TryRead(watermark, out var after)) return BadWatermark();
        if (register.Find(grant.Key) is not { } entry || entry.Owner != grant.User) return DirectLineError.NoConversation();
        using var stream = streams.TryOpen(grant.User);
        if (stream is null) return TooMany(context, 10);

        // Listening begins before the client learns that the line is open: what it says right away is not answered into the void.
        var (missed, following, leave) = live.Listen(grant.Key, after);
        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.FromSeconds(20), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
            await new DirectLineStream(socket, addresses, DirectLineOrigins.Own(context.Request)).RunAsync(grant, missed, following, queue.Drained, context.RequestAborted);
            return TypedResults.Empty;
        }
        finally
        {
            leave();
        }
    }

    private static IResult Photo(
        HttpContext context,
        string conversationId,
        string photo,
        [FromQuery(Name = "e")] long expires,
        [FromQuery(Name = "s")] string? signature,
        PhotoAddresses addresses,
        ConversationRegister register,
        PhotoShelf photos)
    {
        if (!addresses.IsGood(conversationId, photo, expires, signature))
            return DirectLineError.Result(StatusCodes.Status403Forbidden, "AddressExpired", "The address of this photo is not valid or has expired. Load the conversation again.");
        var key = new ConversationKey(DirectLineGrant.Channel, conversationId);
        if (register.Find(key) is null || photos.Open(key, photo) is not { } jpeg)
            return DirectLineError.Result(StatusCodes.Status404NotFound, "PhotoNotFound", "The photo has expired or was erased.");
        return PhotoResponse.Of(context, jpeg);
    }

    private static async Task<(DirectLineGrant? Grant, JsonHttpResult<DirectLineError>? Refusal)> GrantAsync(HttpContext context, DirectLineTokens tokens)
    {
        ConversationRequest? asked;
        try
        {
            asked = context.Request.ContentLength is null or 0 && !context.Request.HasJsonContentType()
                ? null
                : await JsonSerializer.DeserializeAsync(context.Request.Body, DirectLineJson.Relaxed.ConversationRequest, context.RequestAborted);
        }
        catch (JsonException)
        {
            return (null, DirectLineError.BadArgument("The body is no JSON object with user and trustedOrigins."));
        }

        var user = asked?.User?.Id;
        if (user is { Length: > 0 } && (!user.StartsWith("dl_", StringComparison.Ordinal) || user.Length > 200))
            return (null, DirectLineError.BadArgument("A user's id begins with dl_ and has at most 200 characters."));
        var origins = asked?.TrustedOrigins ?? [];
        if (origins.Count > 20 || !origins.All(DirectLineOptions.IsOrigin))
            return (null, DirectLineError.BadArgument("Trusted origins are scheme and host without a path, such as https://portal.example; at most 20."));
        return (tokens.Grant(DirectLineTokens.NewConversation(), user is { Length: > 0 } ? user : DirectLineTokens.NewUser(), origins, ownPage: false), null);
    }

    private static ConversationReply Reply(HttpContext context, DirectLineGrant grant, string? watermark, DirectLineTokens tokens, StreamTickets tickets)
    {
        var request = context.Request;
        var stream = $"{(request.IsHttps ? "wss" : "ws")}://{request.Host}/v3/directline/conversations/{grant.Conversation}/stream"
            + $"?watermark={(string.IsNullOrEmpty(watermark) ? "-" : watermark)}&t={tickets.Issue(grant)}";
        var renewed = tokens.Grant(grant.Conversation, grant.User, grant.Origins, grant.OwnPage);
        return new(grant.Conversation, tokens.Issue(renewed), tokens.Seconds, stream);
    }

    private static JsonHttpResult<ConversationReply> Json(ConversationReply reply, int status) => TypedResults.Json(reply, DirectLineJson.Relaxed.ConversationReply, statusCode: status);

    private static JsonHttpResult<DirectLineError> BadWatermark() => DirectLineError.BadArgument("The watermark is none of ours. Leave it out to begin at the beginning.");

    private static JsonHttpResult<DirectLineError> TooMany(HttpContext context, int seconds)
    {
        context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return DirectLineError.Result(StatusCodes.Status429TooManyRequests, "TooManyRequests", $"Too much at once. Wait {seconds} s and send it again.");
    }
}
