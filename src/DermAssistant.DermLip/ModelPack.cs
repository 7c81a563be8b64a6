using DermAssistant.Imaging;

namespace DermAssistant.DermLip;

/// <summary>A model pack that passed its golden vectors.</summary>
/// <remarks>Safe for concurrent use; disposing it ends its ONNX Runtime sessions.</remarks>
public sealed class ModelPack : IDisposable
{
    /// <summary>The folder of the pack; other rooms keep their files of the pack here (calibration, labels, model card).</summary>
    public required string Directory { get; init; }

    public required PackManifest Manifest { get; init; }

    public required IImageEncoder Image { get; init; }

    public required ITextEncoder Text { get; init; }

    public required ITokenizer Tokenizer { get; init; }

    /// <summary>The L2-normalised embedding of a photo.</summary>
    public float[] Encode(Photo photo)
    {
        var embedding = new float[Image.Dimension];
        Image.Encode(Pixels(photo), 1, embedding);
        return embedding;
    }

    /// <summary>The pixels the image encoder sees of a photo, [3, size, size], normalised.</summary>
    public float[] Pixels(Photo photo)
    {
        ArgumentNullException.ThrowIfNull(photo);
        var preprocess = Image.Preprocess;
        var pixels = new float[3 * preprocess.ImageSize * preprocess.ImageSize];
        Preprocessor.Normalize(Preprocessor.Crop(photo, preprocess), preprocess, pixels);
        return pixels;
    }

    public void Dispose()
    {
        (Image as IDisposable)?.Dispose();
        (Text as IDisposable)?.Dispose();
    }
}
