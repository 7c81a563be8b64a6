using SkiaSharp;

namespace DermAssistant.Imaging.Decoding;

/// <summary>Decodes the four inks of a CMYK JPEG one by one, so that they can be resized before they are multiplied out.</summary>
internal static class CmykDecoder
{
    /// <summary>Cyan, magenta, yellow, black with 255 for full ink, or null where the file has to be decoded as red, green, blue.</summary>
    public static unsafe byte[]? Decode(ReadOnlySpan<byte> file, int width, int height)
    {
        if (JpegPlanes.Split(file) is not { } planes) return null;
        var inks = GC.AllocateUninitializedArray<byte>(width * height * 4);
        var plane = GC.AllocateUninitializedArray<byte>(width * height);
        for (var channel = 0; channel < 4; channel++)
        {
            using var data = SKData.CreateCopy(planes.Files[channel]);
            using var codec = SKCodec.Create(data);
            if (codec is null || codec.Info.Width != width || codec.Info.Height != height) return null;
            fixed (byte* start = plane)
                if (codec.GetPixels(new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque, null), (nint)start) != SKCodecResult.Success)
                    return null;
            for (var i = 0; i < plane.Length; i++) inks[4 * i + channel] = plane[i];
        }

        if (planes.IsYcck) FromYcck(inks);
        // Files hold light, not ink, as the reference assumes of every CMYK JPEG.
        for (var i = 0; i < inks.Length; i++) inks[i] = (byte)(255 - inks[i]);
        return inks;
    }

    /// <summary>libjpeg's conversion: JFIF red, green, blue in 16-bit fixed point, then its complement; black as it is.</summary>
    private static void FromYcck(Span<byte> samples)
    {
        const int Half = 1 << 15;
        for (var i = 0; i < samples.Length; i += 4)
        {
            int y = samples[i], cb = samples[i + 1] - 128, cr = samples[i + 2] - 128;
            samples[i] = Complement(y + ((91881 * cr + Half) >> 16));
            samples[i + 1] = Complement(y + ((-22554 * cb - 46802 * cr + Half) >> 16));
            samples[i + 2] = Complement(y + ((116130 * cb + Half) >> 16));
        }
    }

    private static byte Complement(int value) => (byte)Math.Clamp(255 - value, 0, 255);
}
