using DermAssistant.Imaging;

namespace DermAssistant.Channels.Page;

/// <summary>What the page tells of the server.</summary>
/// <param name="Chat"><c>narrator</c> or a language model's name.</param>
/// <param name="Consent">Whether this browser's visitor has agreed to how photos are handled.</param>
internal sealed record PageAbout(bool Ready, PageModel? Model, string Chat, int Cases, double ConversationHours, bool Consent, PageLimits Limits);

internal sealed record PageModel(string Id, string Version, string Labels, bool Calibrated);

internal sealed record PageLimits(long PhotoBytes, int PhotosPerMessage, IReadOnlyList<string> Accept)
{
    private static readonly string[] Usual = ["image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp"];

    private static readonly string[] Extended = [.. Usual, "image/heic", "image/heif", "image/avif", "image/tiff"];

    public static PageLimits Of(ChannelsOptions options, PhotoGateOptions gate) =>
        new(Math.Min(gate.MaxBytes, options.DirectLine.MaxFileBytes), options.DirectLine.MaxFiles, gate.AllowExtendedFormats ? Extended : Usual);
}

/// <param name="Fresh">Begins a new conversation even where there is one to go on with.</param>
internal sealed record SessionRequest(bool Fresh = false);

/// <param name="ExpiresIn">Seconds until the token has to be renewed.</param>
/// <param name="Resumed">Whether the conversation was begun before.</param>
internal sealed record SessionReply(string ConversationId, string Token, int ExpiresIn, string User, bool Consent, bool Resumed);

internal sealed record ConsentRequest(bool Agreed);

internal sealed record RatingRequest(bool Helpful, string? Comment = null);
