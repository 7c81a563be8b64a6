namespace DermAssistant.Imaging;

/// <summary>Measures a lesion: asymmetry on two axes, border irregularity, dermoscopic colours, lesion fraction, ITA of the skin around it.</summary>
/// <remarks>
/// Works at one size, so that numbers do not depend on the resolution of the photo, and on the pixels alone: the same photo gives the same
/// numbers. Safe to call from several threads. Meant for photos of one lesion; the values describe the picture and diagnose nothing.
/// </remarks>
public static class LesionMeasurer
{
    /// <summary>The longest side, in pixels, measurements are taken at; smaller photos are measured as they are.</summary>
    public const int WorkingSide = 224;

    /// <summary>Healthy skin must cover this share of the visible field for its tone to be told.</summary>
    private const double LeastSkinShare = 0.03;

    /// <summary>Width in pixels of the lesion's edge that counts for no colour.</summary>
    private const int SoftEdge = 3;

    /// <summary>Neighbouring pixels of bare skin differ by less than this in L*; above it the photo shows no plain skin.</summary>
    private const float MostSkinNoise = 6;

    /// <summary>The spread (10th to 90th percentile of L*) up to which a photo without a lesion is taken as bare skin.</summary>
    private const float MostSkinSpread = 16;

    /// <summary>Measures an upright picture; the result depends on its pixels alone.</summary>
    /// <returns>
    /// In this order, each only where it could be taken: <c>asymmetryMajorAxis</c> and <c>asymmetryMinorAxis</c> (ratio, 0 to 1),
    /// <c>borderIrregularity</c> (ratio, 1 for a circle), <c>colourCount</c> (count, 0 to 6), <c>lesionFraction</c> (ratio of the visible
    /// field, 0 to 1), <c>skinIta</c> (degrees) and <c>contrast</c> (Delta E*ab between the lesion's mean and the skin's median colour).
    /// Without a lesion only <c>skinIta</c> may be present. <c>skinIta</c> is absent where too little healthy skin shows or its colour
    /// comes out pink or violet, as it does under many dermoscopes: the angle would tell of the light, not of the skin.
    /// </returns>
    /// <exception cref="ArgumentException">The pixels do not match the width and height.</exception>
    public static LesionMeasurements Measure(RgbImage image)
    {
        var (scaled, picture, smooth, field) = Prepare(image);
        var segmentation = LesionSegmenter.Segment(picture, smooth, field);
        if (segmentation is null)
            return new LesionMeasurements(false, new Dictionary<DermoscopicColour, double>(), BareSkin(picture, field));

        var mask = MaskOf(picture, segmentation);
        var skinPixels = SkinAround(segmentation);
        var skin = picture.MedianOf(skinPixels);
        var (major, minor) = LesionShape.Asymmetry(mask);
        var colours = DermoscopicPalette.Shares(scaled, WithoutSoftEdge(picture, segmentation), skinPixels);
        var values = new List<Measurement>
        {
            new("asymmetryMajorAxis", "Asymmetry across the major axis", major, "ratio"),
            new("asymmetryMinorAxis", "Asymmetry across the minor axis", minor, "ratio"),
            new("borderIrregularity", "Border irregularity", LesionShape.Irregularity(mask), "ratio"),
            new("colourCount", "Dermoscopic colours", colours.Count, "count"),
            new("lesionFraction", "Share of the field covered by the lesion", (double)mask.Area / segmentation.FieldArea, "ratio"),
        };
        if (segmentation.Skin.Length >= LeastSkinShare * segmentation.FieldArea && SkinTone.MayBeSkin(skin))
            values.Add(Ita(skin));
        values.Add(new Measurement(
            "contrast", "Colour difference between lesion and skin", picture.MeanOf(segmentation.Lesion).DifferenceTo(skin), "delta E"));
        return new LesionMeasurements(true, colours, values);
    }

    /// <summary>The pixels of the lesion, or null where none could be told from the skin.</summary>
    /// <exception cref="ArgumentException">The pixels do not match the width and height.</exception>
    public static LesionMask? Segment(RgbImage image)
    {
        var (_, picture, smooth, field) = Prepare(image);
        return LesionSegmenter.Segment(picture, smooth, field) is { } segmentation ? MaskOf(picture, segmentation) : null;
    }

    private static (RgbImage Scaled, LabPicture Picture, LabPicture Smooth, bool[] Field) Prepare(RgbImage image)
    {
        if (image.Width < 1 || image.Height < 1 || image.Pixels.LongLength != (long)image.Width * image.Height * 3)
            throw new ArgumentException(
                $"An RGB picture of {image.Width} x {image.Height} does not have {image.Pixels.Length} bytes of pixels.", nameof(image));
        var scaled = AreaAverage.Shrink(image, WorkingSide);
        var picture = LabPicture.From(scaled);
        int width = picture.Width, height = picture.Height;
        var smooth = picture.WithoutHairs(LesionSegmenter.HairRadius)
            .Map(plane => Morphology.Blur(plane, width, height, LesionSegmenter.SmoothingRadius, times: 2));
        return (scaled, picture, smooth, VisibleField.Find(picture));
    }

    private static LesionMask MaskOf(LabPicture picture, Segmentation segmentation) =>
        LesionMask.From(segmentation.Inside, picture.Width, picture.Height);

    /// <summary>The lesion less its soft edge, where lesion and skin mix to browns that neither has; all of a lesion too small for that.</summary>
    private static int[] WithoutSoftEdge(LabPicture picture, Segmentation segmentation)
    {
        var core = Morphology.IndicesOf(Morphology.Erode(segmentation.Inside, picture.Width, picture.Height, SoftEdge));
        return core.Length * 2 >= segmentation.Lesion.Length ? core : segmentation.Lesion;
    }

    /// <summary>The healthy skin, or all that is not lesion where there is little of it.</summary>
    private static int[] SkinAround(Segmentation segmentation) =>
        segmentation.Skin.Length >= LeastSkinShare * segmentation.FieldArea
            ? segmentation.Skin
            : [.. Morphology.IndicesOf(segmentation.Field).Where(index => !segmentation.Inside[index])];

    /// <summary>The tone of a photo that shows skin and no lesion; empty where it shows something else.</summary>
    private static Measurement[] BareSkin(LabPicture picture, bool[] field)
    {
        var visible = Morphology.IndicesOf(field);
        if (visible.Length == 0) return [];
        var lightness = Array.ConvertAll(visible, i => picture.L[i]);
        Array.Sort(lightness);
        var spread = lightness[lightness.Length * 9 / 10] - lightness[lightness.Length / 10];
        var noise = LesionSegmenter.Noise(picture, field);
        var colour = picture.MedianOf(visible);
        return spread <= MostSkinSpread && noise <= MostSkinNoise && SkinTone.MayBeSkin(colour) ? [Ita(colour)] : [];
    }

    private static Measurement Ita(Cielab skin) =>
        new("skinIta", "Individual typology angle of the skin", SkinTone.TypologyAngle(skin), "degrees");
}
