namespace DermAssistant.Channels.BotConnector;

/// <summary>A caller of the bot endpoint could not prove who it is (401), or may not do what it asks (403).</summary>
/// <remarks>The message names the rule, never the token or anything in it.</remarks>
internal sealed class TokenRejectedException(int status, string rule) : Exception(rule)
{
    public int Status { get; } = status;

    public static TokenRejectedException Unauthorized(string rule) => new(401, rule);

    public static TokenRejectedException Forbidden(string rule) => new(403, rule);
}
