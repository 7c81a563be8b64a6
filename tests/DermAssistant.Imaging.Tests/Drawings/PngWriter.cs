using System.Buffers.Binary;
using System.IO.Compression;
using DermAssistant.Imaging.Formats;

namespace DermAssistant.Imaging.Tests.Drawings;

/// <summary>Writes PNG files chunk by chunk, also wrong ones.</summary>
internal static class PngWriter
{
    /// <summary>A PNG whose header says what it likes about its picture data.</summary>
    public static byte[] Write(int width, int height, byte depth, byte colour, byte[] samples, params (string Type, byte[] Data)[] extra)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (depth, colour);
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. Chunk("IHDR", header),
            .. extra.SelectMany(chunk => Chunk(chunk.Type, chunk.Data)), .. Chunk("IDAT", Deflate(samples)), .. Chunk("IEND", [])];
    }

    /// <summary>Puts a chunk right behind the header of a PNG.</summary>
    public static byte[] Insert(byte[] png, string type, byte[] data) => [.. png[..33], .. Chunk(type, data), .. png[33..]];

    /// <summary>Rows of equal length with the filter byte "none" before each.</summary>
    public static byte[] Rows(byte[] samples, int rowLength) =>
        [.. samples.Chunk(rowLength).SelectMany(row => (byte[])[0, .. row])];

    public static IReadOnlyList<string> ChunkTypes(byte[] png)
    {
        var types = new List<string>();
        for (var at = 8; at < png.Length; at += 12 + BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)))
            types.Add(System.Text.Encoding.ASCII.GetString(png, at + 4, 4));
        return types;
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] typed = [.. System.Text.Encoding.ASCII.GetBytes(type), .. data];
        var frame = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(frame, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), Crc32.Of(typed));
        return [.. frame[..4], .. typed, .. frame[4..]];
    }

    private static byte[] Deflate(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest)) zlib.Write(data);
        return packed.ToArray();
    }
}
