namespace DermAssistant.Imaging;

/// <summary>The part of the frame that shows skin: without the dark corners a dermoscope's round view leaves.</summary>
internal static class VisibleField
{
    /// <summary>Darker than this share of the photo's median lightness counts as unlit; relative, so that dark skin is not taken for the dark rim.</summary>
    public const float UnlitShare = 0.35f;

    /// <summary>Pixels (at 224) the rim is widened by: its edge is blurred over a few pixels.</summary>
    public const int RimWidth = 4;

    /// <summary>The unlit area must reach into a corner: a lesion cut by one side of the frame is not a rim.</summary>
    public static bool[] Find(LabPicture picture)
    {
        int width = picture.Width, height = picture.Height;
        var limit = UnlitShare * picture.MedianLightness;
        var dark = Array.ConvertAll(picture.L, value => value < limit);
        int[] corners = [0, width - 1, (height - 1) * width, height * width - 1];
        var rim = Morphology.Flood(dark, width, height, corners);
        if (Array.IndexOf(rim, true) >= 0)
            rim = Morphology.Dilate(rim, width, height, RimWidth);
        return Array.ConvertAll(rim, value => !value);
    }
}
