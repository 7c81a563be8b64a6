namespace DermAssistant.Imaging;

/// <summary>How the pixels of a file are stored, which decides how the reference resamples them.</summary>
internal enum PixelMode
{
    /// <summary>One luminance byte a pixel.</summary>
    Gray,

    /// <summary>Red, green, blue and one byte without meaning.</summary>
    Rgb,

    /// <summary>Red, green, blue and straight (not premultiplied) alpha.</summary>
    Rgba,

    /// <summary>Colours from a palette or one bit a pixel, kept expanded as <see cref="Rgb"/>. Never interpolated by the reference.</summary>
    Indexed,

    /// <summary>Cyan, magenta, yellow and black, 255 is full ink.</summary>
    Cmyk,
}
