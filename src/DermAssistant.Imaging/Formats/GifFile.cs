using System.Buffers.Binary;

namespace DermAssistant.Imaging.Formats;

/// <summary>The block structure of a GIF (CompuServe, GIF89a).</summary>
internal static class GifFile
{
    private const int HeaderLength = 13;
    private const byte ExtensionBlock = 0x21;
    private const byte PictureBlock = 0x2C;
    private const byte Trailer = 0x3B;

    public static ImageHeader? ReadHeader(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderLength) return null;
        int width = BinaryPrimitives.ReadUInt16LittleEndian(file[6..]);
        int height = BinaryPrimitives.ReadUInt16LittleEndian(file[8..]);
        var palette = FirstFramePalette(file);
        return IsGrayRamp(palette)
            ? new ImageHeader(width, height, PixelMode.Gray)
            : new ImageHeader(width, height, PixelMode.Indexed, (palette[0] << 16) | (palette[1] << 8) | palette[2]);
    }

    public static FileFault? FindFault(ReadOnlySpan<byte> file) => Walk(file) switch
    {
        (_, false) => FileFault.Truncated("ends before its trailer"),
        (0, true) => FileFault.Damaged("holds no picture data"),
        _ => null,
    };

    /// <summary>How many pictures the file holds.</summary>
    public static int CountFrames(ReadOnlySpan<byte> file) => Walk(file).Frames;

    private static (int Frames, bool Complete) Walk(ReadOnlySpan<byte> file)
    {
        var frames = 0;
        if (file.Length < HeaderLength) return (0, false);
        var at = HeaderLength + PaletteLength(file[10]);
        while (at < file.Length)
        {
            switch (file[at])
            {
                case Trailer:
                    return (frames, true);
                case ExtensionBlock:
                    at += 2;
                    break;
                case PictureBlock when at + 10 < file.Length:
                    frames++;
                    at += 11 + PaletteLength(file[at + 9]);
                    break;
                default:
                    return (frames, false);
            }

            while (at < file.Length && file[at] != 0) at += file[at] + 1;
            at++;
        }

        return (frames, false);
    }

    /// <summary>The palette of the first picture: its own, else the file's; empty where there is none.</summary>
    private static ReadOnlySpan<byte> FirstFramePalette(ReadOnlySpan<byte> file)
    {
        var shared = Slice(file, HeaderLength, PaletteLength(file[10]));
        var at = HeaderLength + PaletteLength(file[10]);
        while (at + 1 < file.Length && file[at] == ExtensionBlock)
        {
            at += 2;
            while (at < file.Length && file[at] != 0) at += file[at] + 1;
            at++;
        }

        if (at + 10 >= file.Length || file[at] != PictureBlock) return shared;
        var own = Slice(file, at + 10, PaletteLength(file[at + 9]));
        return own.IsEmpty ? shared : own;
    }

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> file, int start, int length) =>
        start + length <= file.Length ? file.Slice(start, length) : default;

    private static int PaletteLength(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    /// <summary>Whether entry i is the gray level i throughout; the reference then reads the indices as gray levels.</summary>
    private static bool IsGrayRamp(ReadOnlySpan<byte> palette)
    {
        for (var i = 0; i < palette.Length; i++)
            if (palette[i] != i / 3) return false;
        return true;
    }
}
