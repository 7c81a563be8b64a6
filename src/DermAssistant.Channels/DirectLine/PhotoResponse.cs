using DermAssistant.Channels.Conversations;
using Microsoft.AspNetCore.Http;

namespace DermAssistant.Channels.DirectLine;

/// <summary>A kept photo as a response: to be shown, by nobody else, and never run.</summary>
internal static class PhotoResponse
{
    public static IResult Of(HttpContext context, byte[] jpeg)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "private, no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.ContentDisposition = "inline; filename=photo.jpg";
        return TypedResults.Bytes(jpeg, PhotoShelf.ContentType);
    }
}
