namespace DermAssistant.Imaging;

/// <summary>Names the colour of a lesion's pixel as one of the six dermoscopic colours, or none.</summary>
/// <remarks>
/// The six colours are those of the ABCD rule of dermatoscopy (Stolz et al., Eur. J. Dermatol. 4, 1994). Their place in CIELAB is this
/// project's own, for photos freed of their <see cref="ColourCast"/>: set by hand among the clusters that lesions of seven diagnoses
/// form in HAM10000 photos, not checked against experts' colour scores. A pixel takes the nearest reference; none where it looks like the
/// surrounding skin.
/// </remarks>
internal static class DermoscopicPalette
{
    /// <summary>A colour counts as present from this share of the lesion on; below it are specks, hairs and glare.</summary>
    public const double LeastShare = 0.05;

    /// <summary>Closer than this (Delta E) to the skin is skin seen through the lesion, not a colour of it.</summary>
    public const float SkinDifference = 6;

    /// <summary>White must be lighter than the surrounding skin by this much L*.</summary>
    public const float WhiteAboveSkin = 3;

    /// <summary>White must have at most this share of the skin's chroma, or be nearly neutral by itself.</summary>
    public const float WhiteChromaShare = 0.9f;

    /// <summary>Chroma up to which a light colour is white whatever the skin.</summary>
    public const float NeutralChroma = 8;

    /// <summary>Blue-gray comes from pigment, so it is darker than the skin by this much L*; lighter grey is pale skin or glare.</summary>
    public const float BlueGrayBelowSkin = 10;

    private static readonly (DermoscopicColour Colour, Cielab Reference)[] References =
    [
        (DermoscopicColour.Red, new Cielab(62, 28, 12)),
        (DermoscopicColour.Red, new Cielab(50, 36, 13)),
        (DermoscopicColour.Red, new Cielab(45, 50, 14)),
        (DermoscopicColour.Red, new Cielab(35, 45, 8)),
        (DermoscopicColour.LightBrown, new Cielab(62, 20, 22)),
        (DermoscopicColour.LightBrown, new Cielab(52, 24, 24)),
        (DermoscopicColour.LightBrown, new Cielab(54, 30, 29)),
        (DermoscopicColour.DarkBrown, new Cielab(38, 32, 24)),
        (DermoscopicColour.DarkBrown, new Cielab(30, 28, 18)),
        (DermoscopicColour.DarkBrown, new Cielab(24, 20, 12)),
        (DermoscopicColour.BlueGray, new Cielab(56, 12, 5)),
        (DermoscopicColour.BlueGray, new Cielab(42, 12, 3)),
        (DermoscopicColour.BlueGray, new Cielab(28, 13, 2)),
        (DermoscopicColour.Black, new Cielab(13, 8, 3)),
    ];

    public static DermoscopicColour? Name(Cielab pixel, Cielab skin)
    {
        var white = pixel.L >= skin.L + WhiteAboveSkin
            && pixel.Chroma <= Math.Max(NeutralChroma, WhiteChromaShare * skin.Chroma);
        if (white) return DermoscopicColour.White;
        if (pixel.DifferenceTo(skin) < SkinDifference || pixel.L > skin.L + WhiteAboveSkin) return null;
        var nearest = References[0];
        var least = float.MaxValue;
        foreach (var reference in References)
        {
            var difference = pixel.DifferenceTo(reference.Reference);
            if (difference >= least) continue;
            least = difference;
            nearest = reference;
        }
        if (nearest.Colour == DermoscopicColour.BlueGray && pixel.L > skin.L - BlueGrayBelowSkin) return null;
        return nearest.Colour;
    }

    /// <summary>The share of the lesion each present colour covers, in the order of the six colours.</summary>
    /// <param name="image">The photo the indices of pixels refer to.</param>
    /// <param name="lesion">The lesion's pixels.</param>
    /// <param name="skin">The pixels that stand for the surrounding skin.</param>
    public static Dictionary<DermoscopicColour, double> Shares(RgbImage image, int[] lesion, int[] skin)
    {
        var (red, green, blue) = (Median(image, skin, 0), Median(image, skin, 1), Median(image, skin, 2));
        var cast = ColourCast.Of((red, green, blue));
        var plainSkin = cast.Correct(red, green, blue);
        var counts = new int[Enum.GetValues<DermoscopicColour>().Length];
        foreach (var index in lesion)
        {
            var pixel = cast.Correct(image.Pixels[index * 3], image.Pixels[index * 3 + 1], image.Pixels[index * 3 + 2]);
            if (Name(pixel, plainSkin) is { } colour) counts[(int)colour]++;
        }
        var shares = new Dictionary<DermoscopicColour, double>();
        for (var i = 0; i < counts.Length; i++)
        {
            var share = (double)counts[i] / lesion.Length;
            if (share >= LeastShare) shares[(DermoscopicColour)i] = share;
        }
        return shares;
    }

    private static byte Median(RgbImage image, int[] indices, int channel)
    {
        var histogram = new int[256];
        foreach (var index in indices) histogram[image.Pixels[index * 3 + channel]]++;
        int value = 0, below = histogram[0];
        while (below * 2 < indices.Length) below += histogram[++value];
        return (byte)value;
    }
}
