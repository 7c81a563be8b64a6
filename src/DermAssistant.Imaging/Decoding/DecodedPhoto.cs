using SkiaSharp;

namespace DermAssistant.Imaging.Decoding;

/// <summary>A decoded file before it becomes a photo.</summary>
/// <param name="Orientation">EXIF orientation, 1 to 8.</param>
/// <param name="Colours">The embedded colour profile, or null where the pixels are sRGB or their profile cannot be used.</param>
internal sealed record DecodedPhoto(Raster Raster, int Orientation, SKColorSpace? Colours);

/// <summary>What a decoder made of a file: a photo, or half a sentence that continues "the file".</summary>
internal readonly record struct DecodeOutcome(DecodedPhoto? Photo, string? Failure)
{
    public static DecodeOutcome Failed(string failure) => new(null, failure);

    public static DecodeOutcome Of(DecodedPhoto photo) => new(photo, null);
}
