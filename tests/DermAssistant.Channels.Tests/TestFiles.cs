using System.Text;
using DermAssistant.Imaging;

namespace DermAssistant.Channels.Tests;

/// <summary>Files as people send them, made in memory.</summary>
internal static class TestFiles
{
    /// <summary>A photo; the shade decides its hash.</summary>
    public static byte[] Jpeg(byte shade = 120, int side = 300)
    {
        var pixels = new byte[side * side * 3];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)(shade + i * 31 % 47);
        return new RgbImage(side, side, pixels).EncodeJpeg();
    }

    public static byte[] Pdf() => Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");

    /// <summary>The head of a HEIC file.</summary>
    public static byte[] Heic() => [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8, .. new byte[64]];
}
