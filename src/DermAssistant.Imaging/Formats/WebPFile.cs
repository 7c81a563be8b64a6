using System.Buffers.Binary;

namespace DermAssistant.Imaging.Formats;

/// <summary>The RIFF structure of a WebP (RFC 9649).</summary>
internal static class WebPFile
{
    private const int RiffHeaderLength = 12;
    private const byte AnimationFlag = 0x02;
    private const byte AlphaFlag = 0x10;

    public static ImageHeader? ReadHeader(ReadOnlySpan<byte> file)
    {
        if (file.Length < RiffHeaderLength + 8) return null;
        var type = file[RiffHeaderLength..(RiffHeaderLength + 4)];
        var data = file[(RiffHeaderLength + 8)..];
        if (type.SequenceEqual("VP8X"u8) && data.Length >= 10)
            return Make(1 + UInt24(data[4..]), 1 + UInt24(data[7..]), (data[0] & AlphaFlag) != 0);
        if (type.SequenceEqual("VP8L"u8) && data.Length >= 5 && data[0] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
            return Make(1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF), (bits & (1 << 28)) != 0);
        }

        if (type.SequenceEqual("VP8 "u8) && data.Length >= 10 && data[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]))
            return Make(BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF, false);
        return null;
    }

    public static FileFault? FindFault(ReadOnlySpan<byte> file)
    {
        if (file.Length < RiffHeaderLength + 8) return FileFault.Truncated("ends inside its header");
        if (BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L > file.Length) return FileFault.Truncated("is shorter than its header says");
        if (!file[RiffHeaderLength..].StartsWith("VP8X"u8) || (file[RiffHeaderLength + 8] & AnimationFlag) == 0) return null;
        var frames = CountFrames(file);
        return frames > 1 ? FileFault.Animated($"is an animated WebP of {frames} frames") : null;
    }

    private static int CountFrames(ReadOnlySpan<byte> file)
    {
        var frames = 0;
        long at = RiffHeaderLength;
        while (at + 8 <= file.Length)
        {
            var chunk = file[(int)at..];
            if (chunk.StartsWith("ANMF"u8)) frames++;
            long length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            at += 8 + length + (length & 1);
        }

        return frames;
    }

    private static ImageHeader Make(int width, int height, bool alpha) =>
        new(width, height, alpha ? PixelMode.Rgba : PixelMode.Rgb);

    private static int UInt24(ReadOnlySpan<byte> data) => data[0] | (data[1] << 8) | (data[2] << 16);
}
