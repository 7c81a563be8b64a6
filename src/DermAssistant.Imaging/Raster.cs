namespace DermAssistant.Imaging;

/// <summary>Decoded pixels as the file stores them: not turned, not colour converted.</summary>
/// <param name="Pixels">Row-major without padding; one byte a pixel for <see cref="PixelMode.Gray"/>, else four.</param>
/// <param name="PadColour">What the reference pads with, as 0xRRGGBB: the colour that all-zero samples stand for.</param>
internal sealed record Raster(int Width, int Height, PixelMode Mode, byte[] Pixels, int PadColour)
{
    /// <summary>Bytes a pixel.</summary>
    public int Channels => Mode == PixelMode.Gray ? 1 : 4;
}
