namespace DermAssistant.Imaging.Formats;

/// <summary>Reads headers and finds faults of every format that is decoded by default.</summary>
internal static class ImageFile
{
    /// <summary>The header, or null where the file is too short or too damaged to have one.</summary>
    public static ImageHeader? ReadHeader(PhotoFormat format, ReadOnlySpan<byte> file) => format switch
    {
        PhotoFormat.Jpeg => JpegFile.ReadHeader(file),
        PhotoFormat.Png => PngFile.ReadHeader(file),
        PhotoFormat.WebP => WebPFile.ReadHeader(file),
        PhotoFormat.Gif => GifFile.ReadHeader(file),
        PhotoFormat.Bmp => BmpFile.ReadHeader(file),
        _ => null,
    };

    /// <summary>Walks the structure of the whole file without decoding it; null when it is sound.</summary>
    public static FileFault? FindFault(PhotoFormat format, ReadOnlySpan<byte> file) => format switch
    {
        PhotoFormat.Jpeg => JpegFile.FindFault(file),
        PhotoFormat.Png => PngFile.FindFault(file),
        PhotoFormat.WebP => WebPFile.FindFault(file),
        PhotoFormat.Gif => GifFile.FindFault(file),
        PhotoFormat.Bmp => BmpFile.FindFault(file),
        _ => null,
    };
}
