using DermAssistant.Imaging.Resampling;

namespace DermAssistant.Imaging;

/// <summary>From stored samples to red, green and blue.</summary>
internal static class Colours
{
    /// <summary>As the reference's convert("RGB"): gray is repeated, alpha dropped, ink multiplied out.</summary>
    public static void ToRgb(ReadOnlySpan<byte> samples, PixelMode mode, Span<byte> rgb)
    {
        switch (mode)
        {
            case PixelMode.Gray:
                for (var i = 0; i < samples.Length; i++)
                    rgb.Slice(3 * i, 3).Fill(samples[i]);
                break;
            case PixelMode.Cmyk:
                for (int i = 0, o = 0; i < samples.Length; i += 4, o += 3)
                {
                    var light = 255 - samples[i + 3];
                    rgb[o] = (byte)(light - Premultiplied.Scale(samples[i], light));
                    rgb[o + 1] = (byte)(light - Premultiplied.Scale(samples[i + 1], light));
                    rgb[o + 2] = (byte)(light - Premultiplied.Scale(samples[i + 2], light));
                }

                break;
            default:
                for (int i = 0, o = 0; i < samples.Length; i += 4, o += 3)
                {
                    rgb[o] = samples[i];
                    rgb[o + 1] = samples[i + 1];
                    rgb[o + 2] = samples[i + 2];
                }

                break;
        }
    }

    /// <summary>As people see it: what <see cref="ToRgb"/> gives, with transparent parts laid over white.</summary>
    public static void ToRgbOverWhite(ReadOnlySpan<byte> samples, PixelMode mode, Span<byte> rgb)
    {
        ToRgb(samples, mode, rgb);
        if (mode != PixelMode.Rgba) return;
        for (int i = 0, o = 0; i < samples.Length; i += 4, o += 3)
        {
            var alpha = samples[i + 3];
            if (alpha == 255) continue;
            for (var c = 0; c < 3; c++)
                rgb[o + c] = (byte)(Premultiplied.Scale(rgb[o + c], alpha) + 255 - alpha);
        }
    }
}
