namespace DermAssistant.Imaging.Resampling;

/// <summary>Colours weighed by their alpha, in Pillow's integer arithmetic (its modes RGBa and La).</summary>
internal static class Premultiplied
{
    /// <summary>Multiplies red, green and blue of four-byte pixels by alpha / 255.</summary>
    public static void From(ReadOnlySpan<byte> straight, Span<byte> premultiplied)
    {
        for (var i = 0; i < straight.Length; i += 4)
        {
            var alpha = straight[i + 3];
            premultiplied[i] = Scale(straight[i], alpha);
            premultiplied[i + 1] = Scale(straight[i + 1], alpha);
            premultiplied[i + 2] = Scale(straight[i + 2], alpha);
            premultiplied[i + 3] = alpha;
        }
    }

    /// <summary>Divides alpha out again, in place; pixels without alpha stay as they are.</summary>
    public static void Undo(Span<byte> pixels)
    {
        for (var i = 0; i < pixels.Length; i += 4)
        {
            int alpha = pixels[i + 3];
            if (alpha is 0 or 255) continue;
            pixels[i] = (byte)Math.Min(255 * pixels[i] / alpha, 255);
            pixels[i + 1] = (byte)Math.Min(255 * pixels[i + 1] / alpha, 255);
            pixels[i + 2] = (byte)Math.Min(255 * pixels[i + 2] / alpha, 255);
        }
    }

    /// <summary>a * b / 255, rounded to nearest without dividing.</summary>
    public static byte Scale(int a, int b)
    {
        var product = a * b + 128;
        return (byte)(((product >> 8) + product) >> 8);
    }
}
