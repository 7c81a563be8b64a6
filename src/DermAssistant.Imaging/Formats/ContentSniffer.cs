using System.Buffers.Binary;

namespace DermAssistant.Imaging.Formats;

/// <summary>Tells what a file is from its first bytes, whatever it is called.</summary>
internal static class ContentSniffer
{
    public static ContentKind Sniff(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return ContentKind.Jpeg;
        if (file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])) return ContentKind.Png;
        if (file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8)) return ContentKind.Gif;
        if (file.StartsWith("RIFF"u8) && file.Length >= 12) return file[8..12].SequenceEqual("WEBP"u8) ? ContentKind.WebP : ContentKind.Video;
        if (IsBitmap(file)) return ContentKind.Bmp;
        if (file.Length >= 12 && file[4..8].SequenceEqual("ftyp"u8)) return SniffMedia(file);
        if (SniffTiff(file) is { } tiff) return tiff;
        return SniffOther(file);
    }

    private static bool IsBitmap(ReadOnlySpan<byte> file) =>
        file.StartsWith("BM"u8) && file.Length >= 18
        && BinaryPrimitives.ReadInt32LittleEndian(file[14..]) is 12 or 40 or 52 or 56 or 64 or 108 or 124;

    /// <summary>ISO base media files name their brands in the first box (ISO/IEC 14496-12; HEIF 23008-12).</summary>
    private static ContentKind SniffMedia(ReadOnlySpan<byte> file)
    {
        var length = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(file), (uint)Math.Min(file.Length, 256));
        var heif = false;
        for (var at = 8; at + 4 <= length; at += at == 8 ? 8 : 4)
        {
            var brand = file.Slice(at, 4);
            if (brand.StartsWith("avi"u8)) return ContentKind.Avif;
            heif |= brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8);
        }

        if (file[8..12].SequenceEqual("crx "u8)) return ContentKind.Raw;
        return heif ? ContentKind.Heic : ContentKind.Video;
    }

    private static ContentKind? SniffTiff(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8))
            return file.Length >= 10 && file[8..10].SequenceEqual("CR"u8) ? ContentKind.Raw : ContentKind.Tiff;
        return file.StartsWith("II+\0"u8) || file.StartsWith("MM\0+"u8) ? ContentKind.Tiff : null;
    }

    private static ContentKind SniffOther(ReadOnlySpan<byte> file)
    {
        var start = file[..Math.Min(file.Length, 1024)];
        if (start.IndexOf("%PDF-"u8) >= 0) return ContentKind.Pdf;
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || (file.Length >= 12 && file[4..8].SequenceEqual("JXL "u8))) return ContentKind.JpegXl;
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51]) || (file.Length >= 12 && file[4..8].SequenceEqual("jP  "u8))) return ContentKind.Jpeg2000;
        if (file.StartsWith("8BPS"u8)) return ContentKind.Photoshop;
        if (file.Length >= 132 && file[128..132].SequenceEqual("DICM"u8)) return ContentKind.Dicom;
        if (file.StartsWith("PK\u0003\u0004"u8)) return ContentKind.Archive;
        if (file.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])) return ContentKind.Video;
        if (file.StartsWith((ReadOnlySpan<byte>)[0, 0, 1, 0])) return ContentKind.Icon;
        return IsText(start) ? SniffText(start) : ContentKind.Unknown;
    }

    private static ContentKind SniffText(ReadOnlySpan<byte> start)
    {
        if (start.IndexOf("<svg"u8) >= 0) return ContentKind.Svg;
        return start.IndexOf("<html"u8) >= 0 || start.IndexOf("<!DOCTYPE html"u8) >= 0 || start.IndexOf("<!doctype html"u8) >= 0
            ? ContentKind.WebPage
            : ContentKind.Text;
    }

    private static bool IsText(ReadOnlySpan<byte> start)
    {
        foreach (var value in start)
            if (value < 9 || value is > 13 and < 32 or 127) return false;
        return start.Length > 0;
    }
}
