using DermAssistant.Imaging;

namespace DermAssistant.Agent.Tests;

/// <summary>Small photos made in memory; the shade decides the hash.</summary>
internal static class TestPhotos
{
    private static readonly PhotoGate Gate = new();

    public static byte[] Png(byte shade)
    {
        var pixels = new byte[512 * 512 * 3];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)(shade + i % 7 * 3);
        return new RgbImage(512, 512, pixels).EncodePng();
    }

    public static GateResult Admitted(byte shade = 90, string name = "lesion.png") => Gate.Admit(Png(shade), name);

    public static GateResult Refused(string name = "broken.jpg") => Gate.Admit(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3 }, name);
}
