namespace DermAssistant.Channels.BotConnector;

/// <summary>Reads a response no further than is allowed.</summary>
internal static class CappedBody
{
    /// <summary>The body, or null when it is longer than <paramref name="maxBytes"/>; whatever length the sender claims, no more is ever read.</summary>
    public static async Task<byte[]?> ReadAsync(HttpResponseMessage response, long maxBytes, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > maxBytes) return null;
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var kept = new MemoryStream();
        var part = new byte[81_920];
        while (await stream.ReadAsync(part, cancellationToken) is > 0 and var count)
        {
            if (kept.Length + count > maxBytes) return null;
            kept.Write(part, 0, count);
        }

        return kept.ToArray();
    }
}
