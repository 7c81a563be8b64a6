namespace DermAssistant.Imaging;

/// <summary>A colour in CIELAB under illuminant D65 (2 degree observer).</summary>
/// <param name="L">Lightness, 0 to 100.</param>
/// <param name="A">Green (negative) to red (positive).</param>
/// <param name="B">Blue (negative) to yellow (positive).</param>
internal readonly record struct Cielab(float L, float A, float B)
{
    private static readonly float[] Linear = BuildLinear();

    /// <summary>Converts an sRGB colour, components 0 to 255.</summary>
    /// <remarks>sRGB transfer curve and primaries: IEC 61966-2-1. CIELAB: ISO/CIE 11664-4, white point D65 (0.95047, 1, 1.08883).</remarks>
    public static Cielab FromSrgb(byte red, byte green, byte blue) =>
        FromLinear(Linear[red], Linear[green], Linear[blue]);

    /// <summary>Converts linear light in sRGB primaries, 1 being white.</summary>
    public static Cielab FromLinear(float r, float g, float b)
    {
        var x = Curve((0.4124564f * r + 0.3575761f * g + 0.1804375f * b) / 0.95047f);
        var y = Curve(0.2126729f * r + 0.7151522f * g + 0.0721750f * b);
        var z = Curve((0.0193339f * r + 0.1191920f * g + 0.9503041f * b) / 1.08883f);
        return new Cielab(116 * y - 16, 500 * (x - y), 200 * (y - z));
    }

    /// <summary>The linear light, in sRGB primaries, of an 8-bit sRGB component.</summary>
    public static float LinearOf(byte component) => Linear[component];

    /// <summary>The distance from neutral grey.</summary>
    public float Chroma => MathF.Sqrt(A * A + B * B);

    /// <summary>The colour difference Delta E*ab of 1976: the Euclidean distance (ISO/CIE 11664-4).</summary>
    public float DifferenceTo(Cielab other)
    {
        float l = L - other.L, a = A - other.A, b = B - other.B;
        return MathF.Sqrt(l * l + a * a + b * b);
    }

    private static float Curve(float t) => t > 216f / 24389 ? MathF.Cbrt(t) : (24389f / 27 * t + 16) / 116;

    private static float[] BuildLinear()
    {
        var table = new float[256];
        for (var i = 0; i < table.Length; i++)
        {
            var value = i / 255.0;
            table[i] = (float)(value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4));
        }
        return table;
    }
}
