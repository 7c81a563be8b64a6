using System.Buffers.Binary;

namespace DermAssistant.Imaging.Formats;

/// <summary>The chunk structure of a PNG (W3C Portable Network Graphics, third edition).</summary>
internal static class PngFile
{
    private const int SignatureLength = 8;
    private const int ChunkFrame = 12;

    public static ImageHeader? ReadHeader(ReadOnlySpan<byte> file)
    {
        if (file.Length < SignatureLength + 8 + 13 || !file[12..16].SequenceEqual("IHDR"u8)) return null;
        var header = file[16..];
        var width = BinaryPrimitives.ReadUInt32BigEndian(header);
        var height = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        if (width > int.MaxValue || height > int.MaxValue) return null;
        byte depth = header[8], colour = header[9];
        PixelMode? mode = (colour, depth) switch
        {
            (0, 1) => PixelMode.Indexed,
            (0, 2 or 4 or 8 or 16) => PixelMode.Gray,
            (2, 8 or 16) => PixelMode.Rgb,
            (3, 1 or 2 or 4 or 8) => PixelMode.Indexed,
            (4 or 6, 8 or 16) => PixelMode.Rgba,
            _ => null,
        };
        return mode is null ? null : new ImageHeader((int)width, (int)height, mode.Value, colour == 3 ? FirstPaletteColour(file) : 0);
    }

    public static FileFault? FindFault(ReadOnlySpan<byte> file)
    {
        var at = SignatureLength;
        var pictureData = false;
        while (file.Length - at >= ChunkFrame)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > (uint)(file.Length - at - ChunkFrame)) break;
            var typed = file.Slice(at + 4, 4 + (int)length);
            var type = typed[..4];
            if (Crc32.Of(typed) != BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8 + (int)length)..]))
                return FileFault.Damaged("holds a checksum that does not match its data");
            if (type.SequenceEqual("acTL"u8) && length >= 4 && BinaryPrimitives.ReadUInt32BigEndian(typed[4..]) is > 1 and var frames)
                return FileFault.Animated($"is an animated PNG of {frames} frames");
            if (type.SequenceEqual("IDAT"u8)) pictureData = true;
            if (type.SequenceEqual("IEND"u8))
                return pictureData ? null : FileFault.Damaged("holds no picture data");
            at += ChunkFrame + (int)length;
        }

        return FileFault.Truncated("ends before its end chunk");
    }

    private static int FirstPaletteColour(ReadOnlySpan<byte> file)
    {
        var at = SignatureLength;
        while (file.Length - at >= ChunkFrame)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > (uint)(file.Length - at - ChunkFrame)) break;
            var data = file.Slice(at + 8, (int)length);
            if (length >= 3 && file.Slice(at + 4, 4).SequenceEqual("PLTE"u8)) return (data[0] << 16) | (data[1] << 8) | data[2];
            at += ChunkFrame + (int)length;
        }

        return 0;
    }
}
