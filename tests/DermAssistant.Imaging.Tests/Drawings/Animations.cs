namespace DermAssistant.Imaging.Tests.Drawings;

/// <summary>Animated files, made of still ones.</summary>
internal static class Animations
{
    /// <summary>A GIF that shows the picture of another one several times.</summary>
    public static byte[] Gif(byte[] still, int frames)
    {
        var start = 13 + ((still[10] & 0x80) != 0 ? 3 << ((still[10] & 7) + 1) : 0);
        var blocks = still[start..^1];
        return [.. still[..start], .. Enumerable.Repeat(blocks, frames).SelectMany(block => block), still[^1]];
    }

    public static byte[] Png(byte[] still, byte frames) => PngWriter.Insert(still, "acTL", [0, 0, 0, frames, 0, 0, 0, 0]);

    /// <summary>The structure of an animated WebP of 64 x 64 pixels; its frames hold nothing.</summary>
    public static byte[] WebP(int frames)
    {
        byte[] body = [.. "WEBP"u8, .. "VP8X"u8, 10, 0, 0, 0, 0x02, 0, 0, 0, 63, 0, 0, 63, 0, 0,
            .. Enumerable.Range(0, frames).SelectMany(_ => (byte[])[.. "ANMF"u8, 16, 0, 0, 0, .. new byte[16]])];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body];
    }
}
