using DermAssistant.Channels.Activities;

namespace DermAssistant.Channels.DirectLine;

/// <summary>Files inside an activity. Addresses elsewhere are not fetched: whoever sends a photo sends its bytes.</summary>
internal static class InlineFiles
{
    public static IEnumerable<UploadedFile> Of(Activity activity, DirectLineOptions options)
    {
        // With an upload, the activity names its files without their content; those are the parts beside it.
        foreach (var attachment in activity.Attachments ?? [])
        {
            if (attachment.ContentUrl is not { } address) continue;
            var name = attachment.Name ?? "photo";
            yield return Decode(address, options.MaxFileBytes) is { } bytes
                ? new UploadedFile(name, attachment.ContentType, bytes, bytes.Length)
                : UploadedFile.Missing(name, attachment.ContentType);
        }
    }

    private static byte[]? Decode(string address, long limit)
    {
        if (!address.StartsWith("data:", StringComparison.OrdinalIgnoreCase)) return null;
        var comma = address.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !address.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase) || address.Length - comma > limit / 3 * 4 + 4) return null;
        try
        {
            return Convert.FromBase64String(address[(comma + 1)..]);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
