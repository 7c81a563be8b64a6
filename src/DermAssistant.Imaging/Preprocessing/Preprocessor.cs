namespace DermAssistant.Imaging;

/// <summary>Turns a photo into the pixels an image encoder sees, exactly as open_clip with torchvision and Pillow does.</summary>
public static class Preprocessor
{
    /// <summary>The cropped pixels before normalisation: ImageSize * ImageSize * 3 bytes, RGB, row-major.</summary>
    public static RgbImage Crop(Photo photo, PreprocessConfig config) => throw new NotImplementedException();

    /// <summary>Normalises a crop into <paramref name="chw"/> (3 * ImageSize * ImageSize, channel first).</summary>
    public static void Normalize(RgbImage crop, PreprocessConfig config, Span<float> chw) => throw new NotImplementedException();
}
