namespace DermAssistant.Channels.BotConnector;

/// <summary>A conversation on its connector.</summary>
/// <param name="ServiceUrl">The connector's address as the activity named it.</param>
internal sealed record ConnectorAddress(Uri ServiceUrl, string ConversationId)
{
    /// <summary>Where activities are sent: <c>{service}/v3/conversations/{conversation}/activities</c>, and below it those that exist.</summary>
    /// <exception cref="ArgumentException">An id could leave its place in the path.</exception>
    public Uri Activities(string? activityId = null) => new(
        ServiceUrl.GetLeftPart(UriPartial.Path).TrimEnd('/') + $"/v3/conversations/{Segment(ConversationId)}/activities" + (activityId is null ? "" : "/" + Segment(activityId)));

    // Escaping leaves dots alone, and a segment of nothing but dots would be resolved away.
    private static string Segment(string id) =>
        id is "" or "." or ".." ? throw new ArgumentException("An id is empty or consists of dots.", nameof(id)) : Uri.EscapeDataString(id);
}
