namespace DermAssistant.Imaging.Preprocessing;

/// <summary>How a picture is resized and which part of the result lands where in the encoder's square.</summary>
/// <param name="ResizedWidth">Width of the whole resized picture, of which only the window is computed.</param>
/// <param name="Left">First column of the resized picture inside the square.</param>
/// <param name="Width">Columns of the window.</param>
/// <param name="PadLeft">Where the window starts in the square; what is outside it is padding.</param>
internal readonly record struct Fit(
    int ResizedWidth, int ResizedHeight, int Left, int Top, int Width, int Height, int PadLeft, int PadTop)
{
    /// <summary>The geometry of open_clip's evaluation transform.</summary>
    public static Fit Of(PreprocessConfig config, int width, int height)
    {
        var side = config.ImageSize;
        return config.ResizeMode switch
        {
            ResizeMode.Squash => new Fit(side, side, 0, 0, side, side, 0, 0),
            ResizeMode.Longest => Longest(side, width, height),
            _ => Shortest(side, width, height),
        };
    }

    /// <summary>torchvision Resize(side) and CenterCrop(side): the long side is cut to whole pixels, the offset rounded half to even.</summary>
    private static Fit Shortest(int side, int width, int height)
    {
        var resizedWidth = width <= height ? side : (int)((double)((long)side * width) / height);
        var resizedHeight = width <= height ? (int)((double)((long)side * height) / width) : side;
        return new Fit(resizedWidth, resizedHeight, CropOffset(resizedWidth, side), CropOffset(resizedHeight, side), side, side, 0, 0);
    }

    /// <summary>open_clip ResizeKeepRatio(longest=1) and CenterCropOrPad: sides rounded half to even, the smaller half of the padding first.</summary>
    private static Fit Longest(int side, int width, int height)
    {
        var ratio = Math.Max((double)height / side, (double)width / side);
        var resizedWidth = Math.Max(1, (int)Math.Round(width / ratio, MidpointRounding.ToEven));
        var resizedHeight = Math.Max(1, (int)Math.Round(height / ratio, MidpointRounding.ToEven));
        return new Fit(resizedWidth, resizedHeight, 0, 0, resizedWidth, resizedHeight, (side - resizedWidth) / 2, (side - resizedHeight) / 2);
    }

    private static int CropOffset(int size, int side) => (int)Math.Round((size - side) / 2.0, MidpointRounding.ToEven);
}
