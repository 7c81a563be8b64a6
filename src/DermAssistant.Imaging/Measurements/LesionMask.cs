namespace DermAssistant.Imaging;

/// <summary>Which pixels of a photo belong to the lesion, at the size the measurements are taken at.</summary>
/// <param name="Width">Width of the mask; the photo's own where its longest side is at most <see cref="LesionMeasurer.WorkingSide"/>, else scaled down to that.</param>
/// <param name="Height">Height of the mask, scaled as the width.</param>
/// <param name="Inside">Width * height values, row-major: 1 inside the lesion, 0 outside.</param>
public sealed record LesionMask(int Width, int Height, byte[] Inside)
{
    /// <summary>The number of pixels inside the lesion.</summary>
    public int Area { get; } = Inside.Count(value => value != 0);

    internal static LesionMask From(bool[] inside, int width, int height) =>
        new(width, height, Array.ConvertAll(inside, value => (byte)(value ? 1 : 0)));

    /// <summary>Whether a pixel belongs to the lesion; pixels beyond the frame do not.</summary>
    public bool this[int x, int y] => x >= 0 && y >= 0 && x < Width && y < Height && Inside[y * Width + x] != 0;
}
