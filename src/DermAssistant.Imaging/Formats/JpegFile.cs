using System.Buffers.Binary;

namespace DermAssistant.Imaging.Formats;

/// <summary>The marker structure of a JPEG (ITU-T T.81, annex B).</summary>
internal static class JpegFile
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    public static ImageHeader? ReadHeader(ReadOnlySpan<byte> file)
    {
        var at = 2;
        while (NextMarker(file, ref at) is { } marker and not StartOfScan and not EndOfImage)
        {
            if (IsAlone(marker)) continue;
            if (!TryReadSegment(file, at, out var segment)) return null;
            if (IsFrame(marker)) return ReadFrame(segment);
            at += 2 + segment.Length;
        }

        return null;
    }

    public static FileFault? FindFault(ReadOnlySpan<byte> file)
    {
        var at = 2;
        var scanned = false;
        while (NextMarker(file, ref at) is { } marker)
        {
            if (marker == EndOfImage)
                return scanned ? null : FileFault.Damaged("holds no picture data");
            if (IsAlone(marker)) continue;
            if (!TryReadSegment(file, at, out var segment)) break;
            if (IsFrame(marker) && FindFrameFault(marker, segment) is { } fault) return fault;
            at += 2 + segment.Length;
            if (marker != StartOfScan) continue;
            scanned = true;
            SkipScan(file, ref at);
        }

        return FileFault.Truncated("ends before its end-of-image marker");
    }

    private static ImageHeader? ReadFrame(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 6) return null;
        int height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        return segment[5] switch
        {
            1 => new ImageHeader(width, height, PixelMode.Gray),
            4 => new ImageHeader(width, height, PixelMode.Cmyk, PadColour: 0xFFFFFF),
            _ => new ImageHeader(width, height, PixelMode.Rgb),
        };
    }

    private static FileFault? FindFrameFault(byte marker, ReadOnlySpan<byte> segment)
    {
        if (marker > 0xC2) return FileFault.Unsupported("uses a rare kind of JPEG compression (lossless, hierarchical or arithmetic)");
        if (segment.Length < 6) return FileFault.Damaged("has a broken frame header");
        if (segment[0] != 8) return FileFault.Unsupported($"stores {segment[0]} bits a colour instead of 8");
        return segment[5] is 1 or 3 or 4 ? null : FileFault.Unsupported($"has {segment[5]} colour channels");
    }

    /// <summary>Moves behind the next marker and returns it; null at the end of the file.</summary>
    private static byte? NextMarker(ReadOnlySpan<byte> file, ref int at)
    {
        while (at < file.Length)
        {
            var skip = file[at..].IndexOf((byte)0xFF);
            if (skip < 0) break;
            at += skip + 1;
            while (at < file.Length && file[at] == 0xFF) at++;
            if (at >= file.Length) break;
            var marker = file[at++];
            if (marker != 0) return marker;
        }

        return null;
    }

    /// <summary>Moves to the first marker behind entropy-coded data that is not a restart marker.</summary>
    private static void SkipScan(ReadOnlySpan<byte> file, ref int at)
    {
        while (at < file.Length)
        {
            var skip = file[at..].IndexOf((byte)0xFF);
            if (skip < 0 || at + skip + 1 >= file.Length)
            {
                at = file.Length;
                return;
            }

            at += skip;
            var next = file[at + 1];
            if (next == 0xFF) at++;
            else if (next is 0 or (>= 0xD0 and <= 0xD7)) at += 2;
            else return;
        }
    }

    private static bool TryReadSegment(ReadOnlySpan<byte> file, int at, out ReadOnlySpan<byte> segment)
    {
        segment = default;
        if (at + 2 > file.Length) return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
        if (length < 2 || at + length > file.Length) return false;
        segment = file.Slice(at + 2, length - 2);
        return true;
    }

    private static bool IsAlone(byte marker) => marker is 0x01 or (>= 0xD0 and <= 0xD8);

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC;
}
