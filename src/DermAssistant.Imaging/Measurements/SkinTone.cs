namespace DermAssistant.Imaging;

/// <summary>The individual typology angle of skin.</summary>
internal static class SkinTone
{
    /// <summary>The least hue angle (degrees, from red towards yellow) of skin in a photo without a strong cast.</summary>
    private const double LeastHue = 25;

    /// <summary>The greatest, beyond yellow towards green.</summary>
    private const double MostHue = 100;

    /// <summary>Nothing more colourful than this is skin.</summary>
    private const float MostChroma = 45;

    /// <summary>ITA = atan2(L* - 50, b*) * 180 / pi, in degrees; the lighter the skin the larger.</summary>
    /// <remarks>
    /// Chardon, Cretois and Hourseau (Int. J. Cosmet. Sci. 13, 1991); CIELAB under D65. The two-argument arctangent keeps it
    /// stable where b* is near 0. On photos without a colour chart it is an approximation.
    /// </remarks>
    public static double TypologyAngle(Cielab skin) => Math.Atan2(skin.L - 50, skin.B) * 180 / Math.PI;

    /// <summary>Whether the angle means anything for this colour: with a pink or violet cast b* is lost, and with it the angle.</summary>
    /// <remarks>The limits are this project's own; skin lies between red and yellow.</remarks>
    public static bool MayBeSkin(Cielab colour)
    {
        var hue = Math.Atan2(colour.B, colour.A) * 180 / Math.PI;
        return hue is >= LeastHue and <= MostHue && colour.Chroma is > 1 and < MostChroma;
    }
}
