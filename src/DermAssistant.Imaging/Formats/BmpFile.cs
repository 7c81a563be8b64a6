using System.Buffers.Binary;

namespace DermAssistant.Imaging.Formats;

/// <summary>The headers of a Windows bitmap (BITMAPCOREHEADER to BITMAPV5HEADER).</summary>
internal static class BmpFile
{
    private const int FileHeaderLength = 14;
    private const int Uncompressed = 0;
    private const int BitFields = 3;

    public static ImageHeader? ReadHeader(ReadOnlySpan<byte> file)
    {
        if (Layout.Read(file) is not { } layout) return null;
        return layout.BitCount switch
        {
            1 or 2 or 4 or 8 => ReadPaletteHeader(file, layout),
            32 when layout.HasAlpha => new ImageHeader(layout.Width, layout.Height, PixelMode.Rgba),
            16 or 24 or 32 => new ImageHeader(layout.Width, layout.Height, PixelMode.Rgb),
            _ => null,
        };
    }

    public static FileFault? FindFault(ReadOnlySpan<byte> file)
    {
        if (Layout.Read(file) is not { } layout) return FileFault.Damaged("has a broken header");
        if (layout.Compression is 4 or 5) return FileFault.Unsupported("wraps another format in a bitmap");
        if (layout.Compression is not (Uncompressed or BitFields or 6))
            return file.Length < BinaryPrimitives.ReadUInt32LittleEndian(file[2..]) ? FileFault.Truncated("is shorter than its header says") : null;
        var row = ((long)layout.Width * layout.BitCount + 31) / 32 * 4;
        return layout.PixelOffset + row * layout.Height > file.Length ? FileFault.Truncated("ends before its last row") : null;
    }

    /// <summary>A palette that only lists gray levels in order makes a gray picture for the reference, black and white a one-bit one.</summary>
    private static ImageHeader ReadPaletteHeader(ReadOnlySpan<byte> file, Layout layout)
    {
        var entry = layout.HeaderLength == 12 ? 3 : 4;
        var palette = file[Math.Min(file.Length, FileHeaderLength + layout.HeaderLength)..];
        var count = Math.Min(layout.Colours, palette.Length / entry);
        var gray = count > 2;
        for (var i = 0; i < count && gray; i++)
            gray = palette[i * entry] == i && palette[i * entry + 1] == i && palette[i * entry + 2] == i;
        if (gray) return new ImageHeader(layout.Width, layout.Height, PixelMode.Gray);
        var first = count > 0 ? (palette[2] << 16) | (palette[1] << 8) | palette[0] : 0;
        return new ImageHeader(layout.Width, layout.Height, PixelMode.Indexed, first);
    }

    private readonly record struct Layout(
        int HeaderLength, int Width, int Height, int BitCount, int Compression, int Colours, long PixelOffset, bool HasAlpha)
    {
        public static Layout? Read(ReadOnlySpan<byte> file)
        {
            if (file.Length < FileHeaderLength + 12) return null;
            long offset = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
            var header = file[FileHeaderLength..];
            var length = BinaryPrimitives.ReadInt32LittleEndian(header);
            if (length == 12)
            {
                int coreBits = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
                return new Layout(12, BinaryPrimitives.ReadUInt16LittleEndian(header[4..]), BinaryPrimitives.ReadUInt16LittleEndian(header[6..]),
                    coreBits, Uncompressed, coreBits <= 8 ? 1 << coreBits : 0, offset, false);
            }

            if (length is < 40 or > 1024 || header.Length < 40) return null;
            var width = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
            var height = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
            if (width <= 0 || height is 0 or int.MinValue) return null;
            int bits = BinaryPrimitives.ReadUInt16LittleEndian(header[14..]);
            var compression = BinaryPrimitives.ReadInt32LittleEndian(header[16..]);
            var used = BinaryPrimitives.ReadInt32LittleEndian(header[32..]);
            var colours = bits > 8 ? 0 : used is > 0 and <= 256 ? used : 1 << bits;
            var alpha = length >= 56 && header.Length >= 56 && compression is BitFields or 6 && BinaryPrimitives.ReadUInt32LittleEndian(header[52..]) != 0;
            return new Layout(length, width, Math.Abs(height), bits, compression, colours, offset, alpha);
        }
    }
}
