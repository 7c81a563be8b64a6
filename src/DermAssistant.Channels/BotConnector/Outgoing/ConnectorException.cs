using System.Net;

namespace DermAssistant.Channels.BotConnector;

/// <summary>A connector, or the sign-in it needs, did not do what it was asked.</summary>
/// <remarks>The message holds status and error code, never what was sent.</remarks>
internal sealed class ConnectorException(string message, HttpStatusCode? status = null, string? code = null, string? reason = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The HTTP status, or null when there was no answer.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>The connector's error code, for example <c>ContentStreamNotAllowed</c>.</summary>
    public string? Code { get; } = code;

    /// <summary>The connector's own words for the error.</summary>
    public string? Reason { get; } = reason;

    /// <summary>Whether the connector's own words contain these.</summary>
    public bool Says(string words) => Reason?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
}
