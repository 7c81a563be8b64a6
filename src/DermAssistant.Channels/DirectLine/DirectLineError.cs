using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DermAssistant.Channels.DirectLine;

/// <summary>A failure as Direct Line clients expect it: <c>{"error":{"code","message"}}</c>.</summary>
internal sealed record DirectLineError(DirectLineFault Error)
{
    public static JsonHttpResult<DirectLineError> Result(int status, string code, string message) =>
        TypedResults.Json(new DirectLineError(new DirectLineFault(code, message)), DirectLineJson.Relaxed.DirectLineError, statusCode: status);

    public static JsonHttpResult<DirectLineError> BadArgument(string message) => Result(StatusCodes.Status400BadRequest, "BadArgument", message);

    // Clients take 403 for a token that has run out and ask for another; 401 would end them.
    public static JsonHttpResult<DirectLineError> BadToken() =>
        Result(StatusCodes.Status403Forbidden, "TokenExpired", "The token is not valid or has expired. Ask for a new one.");

    public static JsonHttpResult<DirectLineError> Foreign() =>
        Result(StatusCodes.Status403Forbidden, "ForeignConversation", "The token is for another conversation.");

    public static JsonHttpResult<DirectLineError> NoConversation() =>
        Result(StatusCodes.Status404NotFound, "ConversationNotFound", "There is no such conversation. It has expired or was erased; begin a new one.");
}

internal sealed record DirectLineFault(string Code, string Message);
