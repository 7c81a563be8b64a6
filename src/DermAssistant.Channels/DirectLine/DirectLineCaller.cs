using DermAssistant.Channels.Conversations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DermAssistant.Channels.DirectLine;

/// <summary>Who calls: somebody with a token, or another server with the secret.</summary>
/// <param name="Grant">Null for the secret.</param>
internal sealed record DirectLineCaller(DirectLineGrant? Grant)
{
    public static DirectLineCaller Of(HttpContext context) => context.Features.Get<DirectLineCaller>()
        ?? throw new InvalidOperationException("The endpoint has no door.");

    /// <summary>What the caller may do in a conversation, or why it may not.</summary>
    public (DirectLineGrant? Grant, JsonHttpResult<DirectLineError>? Refusal) In(string conversation, ConversationRegister register, DirectLineTokens tokens)
    {
        if (Grant is not null && Grant.Conversation != conversation) return (null, DirectLineError.Foreign());
        if (register.Find(new(DirectLineGrant.Channel, conversation)) is not { } entry) return (null, DirectLineError.NoConversation());
        if (Grant is null) return (tokens.Grant(conversation, entry.Owner, [], ownPage: false), null);
        return entry.Owner == Grant.User ? (Grant, null) : (null, DirectLineError.Foreign());
    }
}

/// <summary>Lets in who has a token or the secret and comes from where it may.</summary>
internal sealed class DirectLineDoor(DirectLineTokens tokens, DirectLineOrigins origins) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (request.Headers.Authorization is not [{ } header] || !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || header[7..].Trim() is not { Length: > 0 } credential)
            return DirectLineError.Result(StatusCodes.Status401Unauthorized, "MissingToken", "Send the header \"Authorization: Bearer TOKEN\".");

        DirectLineCaller caller;
        if (tokens.IsSecret(credential))
        {
            if (request.Headers.ContainsKey("Origin"))
                return DirectLineError.Result(StatusCodes.Status403Forbidden, "SecretInBrowser", "The secret is for servers. Give pages a token from tokens/generate.");
            caller = new(Grant: null);
        }
        else if (await tokens.CheckAsync(credential) is { } grant)
        {
            if (!origins.Allows(request, grant.Origins))
                return DirectLineError.Result(StatusCodes.Status403Forbidden, "ForeignOrigin", "Pages of this origin are not trusted here.");
            caller = new(grant);
        }
        else
        {
            return DirectLineError.BadToken();
        }

        context.HttpContext.Features.Set(caller);
        return await next(context);
    }
}
