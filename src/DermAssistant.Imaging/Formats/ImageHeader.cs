namespace DermAssistant.Imaging.Formats;

/// <summary>What the first bytes of an image file say, before anything is decoded.</summary>
/// <param name="PadColour">The colour that all-zero samples stand for, as 0xRRGGBB (the first entry of a palette, white for CMYK, else black).</param>
internal sealed record ImageHeader(int Width, int Height, PixelMode Mode, int PadColour = 0);
