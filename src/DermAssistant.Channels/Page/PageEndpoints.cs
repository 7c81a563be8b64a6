using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DermAssistant.Channels.Conversations;
using DermAssistant.Channels.DirectLine;
using DermAssistant.Imaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace DermAssistant.Channels.Page;

/// <summary>What the product's own page asks of its server besides the chat.</summary>
public static class PageEndpoints
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Maps <c>/api/page</c>.</summary>
    /// <param name="sessionLimit">The name of the rate limit for new sessions.</param>
    public static IEndpointRouteBuilder MapPageApi(this IEndpointRouteBuilder app, string sessionLimit)
    {
        var page = app.MapGroup("/api/page").AddEndpointFilter<PageDoor>().ExcludeFromDescription();
        page.MapGet("/about", About);
        page.MapPost("/session", BeginSession).RequireRateLimiting(sessionLimit);
        page.MapPost("/consent", Consent);
        page.MapGet("/answers/{answerId}", Answer);
        page.MapPost("/answers/{answerId}/rating", RateAsync);
        page.MapGet("/conversations/{conversationId}/export", Export);
        page.MapGet("/photos/{photoId}", Photo);
        page.MapDelete("/data", EraseAsync);
        return app;
    }

    private static Ok<PageAbout> About(HttpContext context, Readiness readiness, PageSessions sessions, ConversationRegister register, ChannelsOptions options, PhotoGateOptions gate)
    {
        var served = readiness.Served;
        return TypedResults.Ok(new PageAbout(
            served is not null,
            served is null ? null : new(served.Id, served.Version, served.Labels, served.Calibrated),
            readiness.ChatModel,
            served?.Cases ?? 0,
            options.ConversationLifetime.TotalHours,
            sessions.UserOf(context) is { } user && register.Consented(user),
            PageLimits.Of(options, gate)));
    }

    private static Ok<SessionReply> BeginSession(HttpContext context, SessionRequest? asked, PageSessions sessions, ConversationRegister register, DirectLineTokens tokens)
    {
        var user = sessions.UserOf(context) ?? DirectLineTokens.NewUser();
        var latest = asked?.Fresh == true ? null : register.Latest(DirectLineGrant.Channel, user);
        var grant = tokens.Grant(latest?.Id ?? DirectLineTokens.NewConversation(), user, [], ownPage: true);
        register.Enter(grant.Key, user);
        register.Visit(user);
        sessions.Renew(context, user);
        return TypedResults.Ok(new SessionReply(grant.Conversation, tokens.Issue(grant), tokens.Seconds, user, register.Consented(user), latest is not null));
    }

    private static Results<NoContent, ProblemHttpResult> Consent(HttpContext context, ConsentRequest asked, PageSessions sessions, ConversationRegister register)
    {
        if (sessions.UserOf(context) is not { } user) return PageProblem.NoSession();
        register.Consent(user, asked.Agreed);
        return TypedResults.NoContent();
    }

    private static Results<JsonHttpResult<JsonObject>, ProblemHttpResult> Answer(
        HttpContext context, string answerId, PageSessions sessions, ConversationRegister register, AnswerShelf answers, PageDocuments documents) =>
        KeyOf(answers.ConversationOf(answerId), context, sessions, register) is { } key && answers.Find(key, answerId) is { } answer
            ? TypedResults.Json(documents.Evidence(key, answer), Readable)
            : PageProblem.NotHere("answer");

    private static async Task<Results<NoContent, ProblemHttpResult>> RateAsync(
        HttpContext context, string answerId, RatingRequest rating, PageSessions sessions, ConversationRegister register, AnswerShelf answers, IChatDesk desk) =>
        KeyOf(answers.ConversationOf(answerId), context, sessions, register) is { } key && await desk.RateAsync(key, answerId, new(rating.Helpful, rating.Comment), context.RequestAborted)
            ? TypedResults.NoContent()
            : PageProblem.NotHere("answer");

    private static Results<JsonHttpResult<JsonObject>, ProblemHttpResult> Export(
        HttpContext context, string conversationId, PageSessions sessions, ConversationRegister register, AnswerShelf answers, PageDocuments documents, TimeProvider time)
    {
        var key = new ConversationKey(DirectLineGrant.Channel, conversationId);
        if (KeyOf(key.ToString(), context, sessions, register) is null) return PageProblem.NotHere("conversation");
        var now = time.GetUtcNow();
        context.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"dermassistant-{now:yyyy-MM-dd-HHmm}.json\"");
        return TypedResults.Json(documents.Export(key, answers.Of(key), now), Readable);
    }

    private static IResult Photo(HttpContext context, string photoId, PageSessions sessions, ConversationRegister register, PhotoShelf photos) =>
        KeyOf(photos.ConversationOf(photoId), context, sessions, register) is { } key && photos.Open(key, photoId) is { } jpeg
            ? PhotoResponse.Of(context, jpeg)
            : PageProblem.NotHere("photo");

    private static async Task<NoContent> EraseAsync(HttpContext context, PageSessions sessions, ConversationRegister register, IChatDesk desk)
    {
        if (sessions.UserOf(context) is { } user)
        {
            // What was asked for is done even when the browser does not wait.
            foreach (var key in register.Of(DirectLineGrant.Channel, user)) await desk.EraseAsync(key, CancellationToken.None);
            register.EraseVisitor(user);
        }

        PageSessions.End(context);
        return TypedResults.NoContent();
    }

    // The conversation, where it is this browser's; for all others it might as well not be there.
    private static ConversationKey? KeyOf(string? conversation, HttpContext context, PageSessions sessions, ConversationRegister register) =>
        conversation is not null && sessions.UserOf(context) is { } user && register.Find(ConversationKey.Parse(conversation)) is { } entry && entry.Owner == user
            ? entry.Key
            : null;
}
