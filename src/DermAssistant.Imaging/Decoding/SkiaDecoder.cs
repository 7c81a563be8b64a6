using DermAssistant.Imaging.Formats;
using SkiaSharp;

namespace DermAssistant.Imaging.Decoding;

/// <summary>Decodes JPEG, PNG, WebP, GIF and BMP with Skia's raw codecs.</summary>
/// <remarks>
/// A raw codec asked for straight alpha and no colour space gives the very samples that Pillow gives (measured on the fixtures);
/// SKBitmap.Decode premultiplies and SKImage turns and converts, so neither will do.
/// </remarks>
internal static class SkiaDecoder
{
    /// <summary>Decodes at full size.</summary>
    /// <param name="maxPixels">Refuses, before any pixel memory is taken, what the codec finds to be larger.</param>
    public static unsafe DecodeOutcome Decode(ReadOnlyMemory<byte> file, ImageHeader header, long maxPixels)
    {
        using var pinned = file.Pin();
        using var data = SKData.Create((nint)pinned.Pointer, file.Length);
        using var codec = SKCodec.Create(data);
        if (codec is null) return DecodeOutcome.Failed("has contents that no decoder here understands");
        var info = codec.Info;
        if ((long)info.Width * info.Height > maxPixels) return DecodeOutcome.Failed("is larger than its header says");

        if (header.Mode == PixelMode.Cmyk && CmykDecoder.Decode(file.Span, info.Width, info.Height) is { } inks)
            return DecodeOutcome.Of(new DecodedPhoto(new Raster(info.Width, info.Height, PixelMode.Cmyk, inks, header.PadColour), (int)codec.EncodedOrigin, null));

        var gray = header.Mode == PixelMode.Gray;
        var direct = gray && info.ColorType == SKColorType.Gray8;
        var target = new SKImageInfo(info.Width, info.Height,
            direct ? SKColorType.Gray8 : SKColorType.Rgba8888,
            direct ? SKAlphaType.Opaque : SKAlphaType.Unpremul, null);
        var pixels = GC.AllocateUninitializedArray<byte>(target.BytesSize);
        SKCodecResult result;
        fixed (byte* start = pixels)
            result = codec.GetPixels(target, (nint)start);
        if (Describe(result) is { } failure) return DecodeOutcome.Failed(failure);

        if (gray && !direct) pixels = FirstOfFour(pixels);
        // What is left of CMYK here (progressive or subsampled) Skia has multiplied out: at most one off after resizing.
        var mode = header.Mode == PixelMode.Cmyk ? PixelMode.Rgb : header.Mode;
        var raster = new Raster(info.Width, info.Height, mode, pixels, header.PadColour);
        var colours = info.ColorSpace is { IsSrgb: false } space && header.Mode != PixelMode.Cmyk ? space : null;
        return DecodeOutcome.Of(new DecodedPhoto(raster, (int)codec.EncodedOrigin, colours));
    }

    private static string? Describe(SKCodecResult result) => result switch
    {
        SKCodecResult.Success => null,
        SKCodecResult.IncompleteInput => "ends before its last pixel",
        SKCodecResult.ErrorInInput => "holds data that contradict its format",
        _ => $"cannot be decoded ({result})",
    };

    private static byte[] FirstOfFour(byte[] pixels)
    {
        var first = GC.AllocateUninitializedArray<byte>(pixels.Length / 4);
        for (var i = 0; i < first.Length; i++) first[i] = pixels[4 * i];
        return first;
    }
}
