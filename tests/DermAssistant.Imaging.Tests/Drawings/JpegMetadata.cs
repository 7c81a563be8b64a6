using System.Buffers.Binary;
using System.Text;

namespace DermAssistant.Imaging.Tests.Drawings;

/// <summary>Puts metadata into JPEG files, as cameras do.</summary>
internal static class JpegMetadata
{
    /// <summary>An EXIF block with an orientation and a description.</summary>
    public static byte[] WithExif(byte[] jpeg, ushort orientation, string description = "")
    {
        var text = Encoding.ASCII.GetBytes(description + "\0");
        var tiff = new byte[8 + 2 + 2 * 12 + 4 + text.Length];
        "II*\0"u8.CopyTo(tiff);
        BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(4), 8);
        BinaryPrimitives.WriteInt16LittleEndian(tiff.AsSpan(8), 2);
        WriteEntry(tiff.AsSpan(10), tag: 0x010E, type: 2, count: text.Length, value: tiff.Length - text.Length);
        WriteEntry(tiff.AsSpan(22), tag: 0x0112, type: 3, count: 1, value: orientation);
        text.CopyTo(tiff.AsSpan(tiff.Length - text.Length));
        return WithSegment(jpeg, 0xE1, [.. "Exif\0\0"u8, .. tiff]);
    }

    /// <summary>A segment right behind the start of the file.</summary>
    public static byte[] WithSegment(byte[] jpeg, byte marker, byte[] data) =>
        [0xFF, 0xD8, 0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data, .. jpeg[2..]];

    /// <summary>The markers up to the first scan.</summary>
    public static IReadOnlyList<byte> Markers(byte[] jpeg)
    {
        var markers = new List<byte>();
        for (var at = 2; jpeg[at + 1] != 0xDA; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 2)))
            markers.Add(jpeg[at + 1]);
        return markers;
    }

    private static void WriteEntry(Span<byte> entry, short tag, short type, int count, int value)
    {
        BinaryPrimitives.WriteInt16LittleEndian(entry, tag);
        BinaryPrimitives.WriteInt16LittleEndian(entry[2..], type);
        BinaryPrimitives.WriteInt32LittleEndian(entry[4..], count);
        BinaryPrimitives.WriteInt32LittleEndian(entry[8..], value);
    }
}
