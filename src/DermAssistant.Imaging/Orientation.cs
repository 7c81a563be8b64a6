namespace DermAssistant.Imaging;

/// <summary>How stored pixels are laid out upright, from the EXIF orientation 1 to 8.</summary>
/// <param name="Width">Upright width.</param>
/// <param name="Start">Upright index of the stored pixel (0, 0).</param>
/// <param name="StepX">What the upright index grows by for the next stored column.</param>
/// <param name="StepY">What the upright index grows by for the next stored row.</param>
internal readonly record struct Orientation(int Width, int Height, int Start, int StepX, int StepY)
{
    /// <summary>The layout of a stored picture; anything outside 1 to 8 counts as upright.</summary>
    public static Orientation Of(int exif, int width, int height)
    {
        int area = width * height;
        return exif switch
        {
            2 => new(width, height, width - 1, -1, width),
            3 => new(width, height, area - 1, -1, -width),
            4 => new(width, height, area - width, 1, -width),
            5 => new(height, width, 0, height, 1),
            6 => new(height, width, height - 1, height, -1),
            7 => new(height, width, area - 1, -height, -1),
            8 => new(height, width, area - height, -height, 1),
            _ => new(width, height, 0, 1, width),
        };
    }
}
