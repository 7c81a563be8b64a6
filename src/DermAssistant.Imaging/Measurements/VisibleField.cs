namespace DermAssistant.Imaging;

/// <summary>The part of the frame that shows skin: without the dark corners a dermoscope's round view leaves.</summary>
internal static class VisibleField
{
    /// <summary>Darker than this share of the lit pixels' median lightness counts as unlit; relative, so that dark skin is not taken for the dark rim.</summary>
    public const float UnlitShare = 0.35f;

    /// <summary>What is darker than this (L*) is black, not skin: a round view may leave most of the frame black.</summary>
    public const float BlackLightness = 8;

    /// <summary>Pixels (at 224) the rim is widened by: its edge is blurred over a few pixels.</summary>
    public const int RimWidth = 4;

    /// <summary>Pixels (at 224) from a corner in which the rim begins: some cameras draw a line around the frame.</summary>
    public const int CornerReach = 3;

    /// <summary>The unlit area must reach into a corner: a lesion cut by one side of the frame is not a rim.</summary>
    public static bool[] Find(LabPicture picture)
    {
        int width = picture.Width, height = picture.Height;
        var lit = Morphology.IndicesOf(Array.ConvertAll(picture.L, value => value >= BlackLightness));
        var limit = UnlitShare * picture.MedianLightness(lit);
        var dark = Array.ConvertAll(picture.L, value => value < limit);
        var rim = Morphology.Flood(dark, width, height, Corners(width, height));
        if (Array.IndexOf(rim, true) >= 0)
            rim = Morphology.Dilate(rim, width, height, RimWidth);
        return Array.ConvertAll(rim, value => !value);
    }

    private static IEnumerable<int> Corners(int width, int height) =>
        from y in Enumerable.Range(0, height)
        where y < CornerReach || y >= height - CornerReach
        from x in Enumerable.Range(0, width)
        where x < CornerReach || x >= width - CornerReach
        select y * width + x;
}
