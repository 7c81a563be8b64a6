namespace DermAssistant.Imaging;

/// <summary>8-bit RGB pixels, row-major, three bytes a pixel, upright as people see them.</summary>
/// <param name="Pixels">Width * height * 3 bytes.</param>
public sealed record RgbImage(int Width, int Height, byte[] Pixels);
