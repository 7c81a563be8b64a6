using DermAssistant.Imaging.Formats;

namespace DermAssistant.Imaging.Gate;

/// <summary>The gate's words: each refusal names the file, says what is wrong and what to do.</summary>
internal static class Refusal
{
    private const string SendAgain = "Send the original file again, or take a new photo.";

    public static string Missing(string path) => $"There is no file {Quoted(path)}. Check the path and the spelling.";

    public static string Folder(string name) => $"{Quoted(name)} is a folder. Name the photos inside it.";

    public static string Unreadable(string name, string why) => $"{Quoted(name)} cannot be read: {why}. Check the file's permissions and that no other program holds it.";

    public static string Empty(string name) => $"{Quoted(name)} is empty (0 bytes). {SendAgain}";

    public static string TooManyBytes(string name, long bytes, long limit) =>
        $"{Quoted(name)} has {Megabytes(bytes)}, more than the {Megabytes(limit)} allowed. Save it as a JPEG of medium quality, or crop it to the lesion and some skin around it.";

    public static string TooLong(string name, int width, int height, int limit) =>
        $"{Quoted(name)} is {width:N0} x {height:N0} pixels; a side may have {limit:N0} at most. Crop it to the lesion and some skin around it, or scale it down.";

    public static string TooManyPixels(string name, int width, int height, long limit) =>
        $"{Quoted(name)} is {width:N0} x {height:N0} pixels, more than the {limit / 1e6:0.##} megapixels allowed. Crop it to the lesion and some skin around it, or scale it down.";

    public static string TooSmall(string name, int width, int height, int limit) =>
        $"{Quoted(name)} is {width:N0} x {height:N0} pixels; each side needs {limit:N0} at least. Send the original photo, not a preview of it.";

    public static string NoPhoto(string name, string extension, ContentKind kind) =>
        $"{Quoted(name)} is {kind.Name}, not a photo{(FileExtension.PromisesPicture(extension) ? Despite(extension) : "")}. {kind.Remedy}";

    public static string NotDecoded(string name, string extension, ContentKind kind) =>
        $"{Quoted(name)} is {kind.Name}{(FileExtension.Fits(extension, kind.Format!.Value) ? "" : Despite(extension))}, which is not read here. {kind.Remedy}";

    public static string Mislabelled(string name, string extension, ContentKind kind, PhotoFormat format) =>
        $"{Quoted(name)} is {kind.Name}{Despite(extension)}. Make sure that it is the file you mean and rename it to {Quoted(name[..^extension.Length] + FileExtension.Of(format))}.";

    public static string Broken(string name, ContentKind kind, FileFault fault) => fault.Kind switch
    {
        FaultKind.Truncated => $"{Quoted(name)} is {kind.Name} that was cut off: it {fault.Detail}. {SendAgain}",
        FaultKind.Damaged => $"{Quoted(name)} is {kind.Name} that is damaged: it {fault.Detail}. {SendAgain}",
        FaultKind.Animated => $"{Quoted(name)} {fault.Detail}, not a photo. Save one sharp frame of it as JPEG or PNG.",
        _ => $"{Quoted(name)} is {kind.Name} that {fault.Detail}, which is not read here. {kind.Remedy}",
    };

    private static string Despite(string extension) =>
        extension.Length > 1 ? $", although its name ends in {extension}" : "";

    private static string Quoted(string name) => name.Length == 0 ? "The upload" : $"'{name}'";

    private static string Megabytes(long bytes) => bytes >= 100_000 ? $"{bytes / 1e6:0.#} MB" : $"{bytes:N0} bytes";
}
