using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace DermAssistant.Web;

/// <summary>The page: <c>index.html</c> with a nonce of its own each time, and what it loads.</summary>
internal static class PageFiles
{
    private const string Compressed = ".br";

    // A long time for files whose name changes with their content.
    private const string Forever = "public, max-age=31536000, immutable";

    public static void MapPage(this WebApplication app)
    {
        var files = app.Environment.WebRootFileProvider;
        app.MapGet("/", context => IndexAsync(context, files)).ExcludeFromDescription();
        app.Use((context, next) =>
        {
            var request = context.Request;
            if (request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal) && request.Path.StartsWithSegments("/assets") && files.GetFileInfo(request.Path + Compressed).Exists)
                request.Path += Compressed;
            return next(context);
        });
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[Compressed] = "application/octet-stream";
        app.UseStaticFiles(new StaticFileOptions
        {
            ContentTypeProvider = types,
            OnPrepareResponse = sent =>
            {
                var headers = sent.Context.Response.Headers;
                headers.CacheControl = sent.Context.Request.Path.StartsWithSegments("/assets") ? Forever : "no-cache";
                if (!sent.File.Name.EndsWith(Compressed, StringComparison.Ordinal)) return;
                headers.ContentEncoding = "br";
                headers.Vary = "Accept-Encoding";
                headers.ContentType = types.TryGetContentType(sent.File.Name[..^Compressed.Length], out var type) ? type : "application/octet-stream";
            },
        });
    }

    private static async Task IndexAsync(HttpContext context, IFileProvider files)
    {
        var index = files.GetFileInfo("index.html");
        if (!index.Exists)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync("The page is not built. Build the project without -p:BuildPage=false, with Node.js on the PATH.", context.RequestAborted);
            return;
        }

        await using var stream = index.CreateReadStream();
        using var reader = new StreamReader(stream);
        var nonce = SecurityHeaders.Nonce();
        var page = (await reader.ReadToEndAsync(context.RequestAborted)).Replace("{nonce}", nonce, StringComparison.Ordinal);
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.PagePolicy(nonce, context.Request);
        await context.Response.WriteAsync(page, context.RequestAborted);
    }
}
