using System.Collections.Frozen;

namespace DermAssistant.Imaging.Formats;

/// <summary>What file names promise.</summary>
internal static class FileExtension
{
    private static readonly FrozenDictionary<string, PhotoFormat> Pictures = new Dictionary<string, PhotoFormat>
    {
        [".jpg"] = PhotoFormat.Jpeg,
        [".jpeg"] = PhotoFormat.Jpeg,
        [".jpe"] = PhotoFormat.Jpeg,
        [".jfif"] = PhotoFormat.Jpeg,
        [".png"] = PhotoFormat.Png,
        [".apng"] = PhotoFormat.Png,
        [".webp"] = PhotoFormat.WebP,
        [".gif"] = PhotoFormat.Gif,
        [".bmp"] = PhotoFormat.Bmp,
        [".dib"] = PhotoFormat.Bmp,
        [".heic"] = PhotoFormat.Heic,
        [".heif"] = PhotoFormat.Heic,
        [".hif"] = PhotoFormat.Heic,
        [".avif"] = PhotoFormat.Avif,
        [".tif"] = PhotoFormat.Tiff,
        [".tiff"] = PhotoFormat.Tiff,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names that promise something that is no photo. Anything else (.tmp, .bin, a date) promises nothing.</summary>
    private static readonly FrozenSet<string> Others = new[]
    {
        ".pdf", ".txt", ".csv", ".json", ".xml", ".html", ".htm", ".svg", ".doc", ".docx", ".ppt", ".pptx", ".xls", ".xlsx",
        ".zip", ".rar", ".7z", ".gz", ".mp4", ".mov", ".avi", ".mkv", ".webm", ".mp3", ".wav", ".psd", ".dcm", ".ico", ".exe",
        ".jxl", ".jp2", ".j2k", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".raw",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file of this format may carry this extension (with its dot, or empty).</summary>
    public static bool Fits(string extension, PhotoFormat format) =>
        Pictures.TryGetValue(extension, out var promised) ? promised == format : !Others.Contains(extension);

    /// <summary>Whether files with this extension are pictures of a format the gate knows.</summary>
    public static bool PromisesPicture(string extension) => Pictures.ContainsKey(extension);

    /// <summary>The usual extension of a format, with its dot.</summary>
    public static string Of(PhotoFormat format) => format switch
    {
        PhotoFormat.Jpeg => ".jpg",
        PhotoFormat.Png => ".png",
        PhotoFormat.WebP => ".webp",
        PhotoFormat.Gif => ".gif",
        PhotoFormat.Bmp => ".bmp",
        PhotoFormat.Heic => ".heic",
        PhotoFormat.Avif => ".avif",
        PhotoFormat.Tiff => ".tiff",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}
