using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DermAssistant.Channels.Activities;
using Microsoft.Extensions.Logging;

namespace DermAssistant.Channels.BotConnector;

/// <summary>Fetches the files that came with a message.</summary>
/// <remarks>
/// A pasted picture lies with the connector and is fetched with the bot's token; a file from OneDrive or SharePoint has an address that is a permission
/// in itself and is fetched without. Nothing else is fetched: only hosts on the list, only over https, only from public addresses, no further than the
/// size allowed, and redirects only to where the file could have been fetched from in the first place. What a file is, the gate decides from its bytes.
/// </remarks>
/// <param name="http">Follows no redirects and connects to public addresses only.</param>
internal sealed class AttachedFiles(BotConnectorOptions options, HttpClient http, AccessTokens tokens, AllowedHosts hosts, TimeProvider clock, ILogger logger)
{
    /// <summary>The most files fetched for one message.</summary>
    public const int MostFiles = 10;

    private const int MostRedirects = 3;
    private const string TeamsFile = "application/vnd.microsoft.teams.file.download.info";
    private const string LinkedFile = "reference";

    /// <summary>Whether the message brings files.</summary>
    public static bool Any(Activity message) => message.Attachments?.Any(IsFile) == true;

    /// <summary>Every file of the message in order; one that could not be fetched says why.</summary>
    public async Task<IReadOnlyList<IncomingFile>> FetchAsync(Activity message, CancellationToken cancellationToken)
    {
        var attachments = message.Attachments?.Where(IsFile).ToList() ?? [];
        var files = new List<IncomingFile>(attachments.Count);
        foreach (var (attachment, index) in attachments.Select((attachment, index) => (attachment, index)))
        {
            var name = NameOf(attachment, index);
            files.Add(index < MostFiles
                ? await FetchAsync(attachment, name, cancellationToken)
                : IncomingFile.Lost(name, $"Only the first {MostFiles} files of a message are looked at. Send it in another message."));
        }

        return files;
    }

    // Cards are no files, and the HTML copy of a message repeats its pictures.
    private static bool IsFile(Attachment attachment) =>
        attachment.ContentType is { Length: > 0 } type
        && (type is TeamsFile || (type is not ("text/html" or "text/plain") && !type.StartsWith("application/vnd.microsoft.", StringComparison.OrdinalIgnoreCase)));

    private static string NameOf(Attachment attachment, int index)
    {
        if (!string.IsNullOrWhiteSpace(attachment.Name)) return attachment.Name;
        // Pasted pictures have no name, and their type may be "image/*".
        return $"pasted picture {index + 1}";
    }

    private async Task<IncomingFile> FetchAsync(Attachment attachment, string name, CancellationToken cancellationToken)
    {
        if (attachment.ContentType == LinkedFile)
            return IncomingFile.Lost(name, $"{name} is shared as a link, which this assistant cannot open in groups and channels. Paste the photo into the message instead.");
        if (attachment.ContentType == TeamsFile)
        {
            var link = attachment.Content is JsonObject content && content["downloadUrl"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
            return Uri.TryCreate(link, UriKind.Absolute, out var download) && hosts.IsFileHost(download)
                ? await DownloadAsync(download, withToken: false, name, cancellationToken)
                : Refused(name, download);
        }

        if (attachment.ContentUrl?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) == true) return Inline(attachment.ContentUrl, name);
        if (!Uri.TryCreate(attachment.ContentUrl, UriKind.Absolute, out var address)) return Refused(name, null);
        if (hosts.IsConnector(address)) return await DownloadAsync(address, withToken: true, name, cancellationToken);
        return hosts.IsFileHost(address) ? await DownloadAsync(address, withToken: false, name, cancellationToken) : Refused(name, address);
    }

    private IncomingFile Inline(string url, string name)
    {
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !url.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase)) return Unreadable(name);
        var text = Encoding.ASCII.GetBytes(url[(comma + 1)..]);
        if (text.Length / 4 * 3L > options.MaxPhotoBytes) return TooLarge(name);
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return Base64.DecodeFromUtf8(text, bytes, out _, out var written) == System.Buffers.OperationStatus.Done
            ? IncomingFile.Arrived(name, bytes.AsMemory(0, written))
            : Unreadable(name);
    }

    private async Task<IncomingFile> DownloadAsync(Uri address, bool withToken, string name, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.PhotoTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await FollowAsync(address, withToken, name, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning("A file from {Host} did not arrive within {Timeout}.", address.Host, options.PhotoTimeout);
            return IncomingFile.Lost(name, $"{name} did not arrive within {options.PhotoTimeout.TotalSeconds:0} seconds. Please send it again.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or ConnectorException)
        {
            logger.LogWarning("A file from {Host} could not be fetched: {Reason}", address.Host, e.Message);
            return Unfetched(name);
        }
    }

    private async Task<IncomingFile> FollowAsync(Uri address, bool withToken, string name, CancellationToken cancellationToken)
    {
        var signedInAgain = false;
        for (var redirects = 0; ;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            var token = withToken ? await tokens.GetAsync(cancellationToken) : null;
            if (token is not null) request.Headers.Authorization = new("Bearer", token);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Unauthorized && token is not null && !signedInAgain)
            {
                signedInAgain = true;
                tokens.Refused(token);
                continue;
            }

            if (response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
            {
                if (++redirects > MostRedirects || response.Headers.Location is not { } location) return Unfetched(name);
                address = new Uri(address, location);
                // A connector may send to its own kind, with the token, or to a file host, without; a file host never gets a token on the way.
                if (withToken && !hosts.IsConnector(address)) withToken = false;
                if (!withToken && !hosts.IsFileHost(address)) return Refused(name, address);
                continue;
            }

            if (!response.IsSuccessStatusCode)
            {
                logger.LogWarning("A file could not be fetched: {Host} answered {Status}.", address.Host, (int)response.StatusCode);
                return response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Forbidden
                    ? IncomingFile.Lost(name, $"{name} is no longer there, or may not be read. Please send it again.")
                    : Unfetched(name);
            }

            return await CappedBody.ReadAsync(response, options.MaxPhotoBytes, cancellationToken) is { } bytes ? IncomingFile.Arrived(name, bytes) : TooLarge(name);
        }
    }

    private IncomingFile Refused(string name, Uri? address)
    {
        logger.LogWarning("A file was not fetched: {Host} is not on the list of hosts.", address?.Host ?? "its address");
        return IncomingFile.Lost(name, $"{name} lies where this assistant does not fetch from. Paste the photo into the message instead.");
    }

    private IncomingFile TooLarge(string name) =>
        IncomingFile.Lost(name, $"{name} is larger than {options.MaxPhotoBytes / 1_000_000.0:0.#} MB. Send it in a smaller size.");

    private static IncomingFile Unreadable(string name) => IncomingFile.Lost(name, $"{name} arrived damaged. Please send it again.");

    private static IncomingFile Unfetched(string name) => IncomingFile.Lost(name, $"{name} could not be fetched. Please send it again.");
}
