using System.Net.Http.Headers;
using System.Text;
using DermAssistant.Imaging;

namespace DermAssistant.Web.Tests;

/// <summary>Files as people send them.</summary>
internal static class TestPhotos
{
    /// <summary>A dark round spot on skin colour, made in memory.</summary>
    public static byte[] Lesion(int side = 400, byte redness = 210)
    {
        var pixels = new byte[side * side * 3];
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var (dx, dy) = (x - side / 2.0, y - side / 2.0);
                var inside = dx * dx + dy * dy < side * side / 12.0;
                var grain = (byte)((x * 7 + y * 13) % 11);
                var at = (y * side + x) * 3;
                (pixels[at], pixels[at + 1], pixels[at + 2]) = inside ? ((byte)(95 + grain), (byte)(60 + grain), (byte)(45 + grain)) : ((byte)(redness + grain), (byte)(160 + grain), (byte)(140 + grain));
            }
        }

        return new RgbImage(side, side, pixels).EncodeJpeg();
    }

    public static byte[] Pdf() => Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n");

    public static MultipartFormDataContent Form(string? question, params (string Name, byte[] Bytes)[] files)
    {
        var form = new MultipartFormDataContent();
        if (question is not null) form.Add(new StringContent(question), "question");
        foreach (var (name, bytes) in files)
        {
            var part = new ByteArrayContent(bytes);
            part.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            form.Add(part, "photo", name);
        }

        return form;
    }
}
