namespace DermAssistant.Imaging;

/// <summary>Takes the colour cast of light and camera off a pixel, judged by the skin in the same photo.</summary>
/// <remarks>
/// Each channel of linear light is scaled (von Kries' rule, in sRGB primaries) such that the skin gets the chromaticity of
/// <see cref="TypicalSkin"/> at unchanged luminance: dermoscopes light the same brown as pink, orange or violet as its surroundings,
/// and how light or dark the skin is stays as it is.
/// </remarks>
internal readonly record struct ColourCast(float Red, float Green, float Blue)
{
    /// <summary>The colour skin is brought to: a light skin in neutral light, #d0a995; only its chromaticity matters.</summary>
    public static readonly (byte Red, byte Green, byte Blue) TypicalSkin = (0xd0, 0xa9, 0x95);

    /// <summary>No channel is scaled beyond this, so that a picture that shows no skin keeps recognisable colours.</summary>
    public const float MostGain = 1.8f;

    /// <summary>The correction for a photo whose skin has this median colour.</summary>
    public static ColourCast Of((byte Red, byte Green, byte Blue) skin)
    {
        float r = Cielab.LinearOf(skin.Red), g = Cielab.LinearOf(skin.Green), b = Cielab.LinearOf(skin.Blue);
        float red = Cielab.LinearOf(TypicalSkin.Red), green = Cielab.LinearOf(TypicalSkin.Green), blue = Cielab.LinearOf(TypicalSkin.Blue);
        var scale = Luminance(r, g, b) / Luminance(red, green, blue);
        return new ColourCast(Gain(red * scale, r), Gain(green * scale, g), Gain(blue * scale, b));
    }

    /// <summary>The colour of an sRGB pixel with the cast taken off.</summary>
    public Cielab Correct(byte red, byte green, byte blue) =>
        Cielab.FromLinear(Red * Cielab.LinearOf(red), Green * Cielab.LinearOf(green), Blue * Cielab.LinearOf(blue));

    private static float Gain(float wanted, float found) =>
        found <= 0 ? 1 : Math.Clamp(wanted / found, 1 / MostGain, MostGain);

    private static float Luminance(float r, float g, float b) => 0.2126729f * r + 0.7151522f * g + 0.0721750f * b;
}
