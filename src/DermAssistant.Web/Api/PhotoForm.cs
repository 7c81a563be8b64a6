using System.Text;
using DermAssistant.Imaging;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DermAssistant.Web;

/// <summary>A request that brings photos and fields, read into memory: the framework's own reader would write photos to disk.</summary>
/// <param name="Photos">Names and bytes; of a file that is too large, one byte more than the gate lets through.</param>
internal sealed record PhotoForm(IReadOnlyDictionary<string, string> Fields, IReadOnlyList<(string Name, ReadOnlyMemory<byte> Bytes)> Photos)
{
    private const int MaxFieldBytes = 65_536;
    private const int MaxFields = 16;

    /// <summary>Reads multipart/form-data; a photo is any part with a file name.</summary>
    /// <exception cref="FormException">The body is something else, or brings too much.</exception>
    public static async Task<PhotoForm> ReadAsync(HttpContext context, int maxPhotos, PhotoGateOptions gate)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
            throw new FormException("The request is no multipart/form-data.", "Send photos as files of a form, for example: curl -F photo=@lesion.jpg");
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = (maxPhotos + 1) * gate.MaxBytes;

        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var photos = new List<(string, ReadOnlyMemory<byte>)>();
        try
        {
            var reader = new MultipartReader(boundary, context.Request.Body);
            while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) continue;
                if (disposition.IsFileDisposition())
                {
                    if (photos.Count == maxPhotos) throw new FormException($"The request brings more than {maxPhotos} photos.", "Send fewer photos with each request.");
                    var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
                    photos.Add((string.IsNullOrWhiteSpace(name) ? "photo" : name, await ReadAsync(section.Body, gate.MaxBytes + 1, context.RequestAborted)));
                }
                else if (disposition.IsFormDisposition() && fields.Count < MaxFields)
                {
                    var bytes = await ReadAsync(section.Body, MaxFieldBytes + 1, context.RequestAborted);
                    if (bytes.Length > MaxFieldBytes) throw new FormException($"The field {disposition.Name} has more than {MaxFieldBytes:N0} bytes.", "Send a shorter text.");
                    fields[HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? ""] = Encoding.UTF8.GetString(bytes.Span);
                }
            }
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException and not BadHttpRequestException && !context.RequestAborted.IsCancellationRequested)
        {
            throw new FormException("The form breaks off or is malformed.", "Send it again.");
        }

        return new(fields, photos);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, long limit, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[81_920];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read) kept.Write(buffer, 0, (int)Math.Min(read, limit - kept.Length));
        return kept.GetBuffer().AsMemory(0, (int)kept.Length);
    }
}

/// <summary>A form cannot be read; the message and the hint are for the caller.</summary>
internal sealed class FormException(string message, string hint) : Exception(message)
{
    public string Hint { get; } = hint;
}
