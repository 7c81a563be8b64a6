namespace DermAssistant.Channels.DirectLine;

/// <summary>A file as it came off the wire.</summary>
/// <param name="Bytes">Empty where the file is larger than what is looked at.</param>
/// <param name="Size">How large it was sent, in bytes.</param>
internal sealed record UploadedFile(string Name, string? ContentType, ReadOnlyMemory<byte> Bytes, long Size)
{
    /// <summary>A file that was named but not sent along.</summary>
    public static UploadedFile Missing(string name, string? contentType) => new(name, contentType, default, 0);
}

/// <summary>What a client sent at once.</summary>
internal sealed record Upload(Activities.Activity Activity, IReadOnlyList<UploadedFile> Files);
