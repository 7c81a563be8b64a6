using System.Buffers.Binary;
using SkiaSharp;

namespace DermAssistant.Cli.Tests;

/// <summary>Drawn photos and broken files; none shows a person.</summary>
internal static class TestPhotos
{
    /// <summary>A brown spot on skin, 320 x 240, JPEG.</summary>
    public static byte[] Lesion { get; } = Draw();

    public static byte[] Truncated => Lesion[..(Lesion.Length / 3)];

    public static byte[] Pdf => "%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n"u8.ToArray();

    /// <summary>A PNG that claims 60,000 x 60,000 pixels and has none.</summary>
    public static byte[] HugePng
    {
        get
        {
            var chunk = new byte[17];
            "IHDR"u8.CopyTo(chunk);
            BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4), 60_000);
            BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8), 60_000);
            (chunk[12], chunk[13]) = (8, 2);
            var crc = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(crc, Crc32(chunk));
            return [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. chunk, .. crc, 0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82];
        }
    }

    private static byte[] Draw()
    {
        using var bitmap = new SKBitmap(320, 240);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor(224, 178, 150));
        using var brown = new SKPaint { Color = new SKColor(110, 65, 40), IsAntialias = true };
        canvas.DrawOval(160, 120, 70, 52, brown);
        using var dark = new SKPaint { Color = new SKColor(60, 32, 24), IsAntialias = true };
        canvas.DrawOval(180, 110, 30, 22, dark);
        canvas.Flush();
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 92);
        return data.ToArray();
    }

    private static uint Crc32(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }
        return ~crc;
    }
}
