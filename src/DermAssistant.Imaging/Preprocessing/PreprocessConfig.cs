namespace DermAssistant.Imaging;

/// <summary>How a photo is resampled, from <c>preprocess_cfg.interpolation</c>.</summary>
public enum Interpolation
{
    Bicubic,
    Bilinear,
}

/// <summary>How a photo is fitted to the encoder's square, from <c>preprocess_cfg.resize_mode</c>.</summary>
public enum ResizeMode
{
    Shortest,
    Longest,
    Squash,
}

/// <summary>What an image encoder expects, as in an open_clip configuration.</summary>
/// <param name="ImageSize">Side of the square in pixels.</param>
/// <param name="Mean">Per channel, of values 0..1.</param>
/// <param name="Std">Per channel, of values 0..1.</param>
public sealed record PreprocessConfig(
    int ImageSize,
    IReadOnlyList<float> Mean,
    IReadOnlyList<float> Std,
    Interpolation Interpolation = Interpolation.Bicubic,
    ResizeMode ResizeMode = ResizeMode.Shortest);
