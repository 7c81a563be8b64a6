using System.Text.Json;
using DermAssistant.Channels.Activities;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DermAssistant.Channels.DirectLine;

/// <summary>The request cannot be read; the message says what is wrong with it.</summary>
internal sealed class UploadException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}

/// <summary>Reads activities and files off the wire without holding more of them in memory than is looked at.</summary>
internal sealed class UploadReader(ChannelsOptions options)
{
    // Files beyond those that are looked at are counted to this many and then not at all.
    private const int MostParts = 64;

    private readonly DirectLineOptions _options = options.DirectLine;

    /// <summary>Reads a bare activity.</summary>
    /// <exception cref="UploadException">It is too large or no activity.</exception>
    public async Task<Activity> ReadActivityAsync(Stream body, CancellationToken cancellationToken)
    {
        var (bytes, size) = await ReadAtMostAsync(body, _options.MaxActivityBytes, cancellationToken);
        if (size > _options.MaxActivityBytes)
            throw new UploadException(StatusCodes.Status413PayloadTooLarge, $"An activity may have {_options.MaxActivityBytes:N0} bytes; this one has more.");
        try
        {
            return ActivityJson.Read(bytes.Span);
        }
        catch (JsonException)
        {
            // The parser's words may repeat what the user wrote.
            throw new UploadException(StatusCodes.Status400BadRequest, "The body is no activity: it has to be one JSON object with the fields of the protocol.");
        }
    }

    /// <summary>Reads a message with files: multipart with an activity and files, or one bare file.</summary>
    /// <exception cref="UploadException">The body is neither.</exception>
    public async Task<Upload> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            throw new UploadException(StatusCodes.Status415UnsupportedMediaType, "The request names no content type.");
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            var name = ContentDispositionHeaderValue.TryParse(request.Headers.ContentDisposition.ToString(), out var disposition) ? NameOf(disposition) : null;
            return new(new Activity { Type = ActivityTypes.Message }, [await ReadFileAsync(name, type.MediaType.Value, request.Body, cancellationToken)]);
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200)
            throw new UploadException(StatusCodes.Status400BadRequest, "The multipart body has no boundary that can be used.");
        try
        {
            return await ReadPartsAsync(new MultipartReader(boundary, request.Body), cancellationToken);
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException || (failure is IOException and not BadHttpRequestException && !cancellationToken.IsCancellationRequested))
        {
            throw new UploadException(StatusCodes.Status400BadRequest, "The multipart body breaks off or is malformed.");
        }
    }

    private async Task<Upload> ReadPartsAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        Activity? activity = null;
        var files = new List<UploadedFile>();
        for (var parts = 0; await reader.ReadNextSectionAsync(cancellationToken) is { } section; parts++)
        {
            if (parts == MostParts) throw new UploadException(StatusCodes.Status400BadRequest, $"The message has more than {MostParts} parts.");
            var disposition = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var found) ? found : null;
            if (disposition?.Name == "activity")
                activity = await ReadActivityAsync(section.Body, cancellationToken);
            else if (files.Count < _options.MaxFiles)
                files.Add(await ReadFileAsync(disposition is null ? null : NameOf(disposition), section.ContentType, section.Body, cancellationToken));
            else
                files.Add(UploadedFile.Missing((disposition is null ? null : NameOf(disposition)) ?? "photo", section.ContentType));
        }

        if (activity is null && files.Count == 0) throw new UploadException(StatusCodes.Status400BadRequest, "The message has neither an activity nor a file.");
        return new(activity ?? new Activity { Type = ActivityTypes.Message }, files);
    }

    private async Task<UploadedFile> ReadFileAsync(string? name, string? contentType, Stream body, CancellationToken cancellationToken)
    {
        var (bytes, size) = await ReadAtMostAsync(body, _options.MaxFileBytes, cancellationToken);
        return new(name ?? "photo", contentType, size > _options.MaxFileBytes ? default : bytes, size);
    }

    // What is beyond the limit is taken off the wire and counted: a client that is cut off never sees the answer that says why.
    private static async Task<(ReadOnlyMemory<byte> Bytes, long Size)> ReadAtMostAsync(Stream body, long limit, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[81_920];
        long size = 0;
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            size += read;
            if (size <= limit) kept.Write(buffer, 0, read);
        }

        return (kept.GetBuffer().AsMemory(0, (int)kept.Length), size);
    }

    private static string? NameOf(ContentDispositionHeaderValue disposition)
    {
        var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
        return string.IsNullOrWhiteSpace(name) ? null : name;
    }
}
