using DermAssistant.Imaging;

namespace DermAssistant.DermLip;

/// <summary>What an open_clip configuration says of the pixels an image encoder sees.</summary>
public static class OpenClipPreprocessing
{
    /// <summary>Reads it from the text of an <c>open_clip_config.json</c>.</summary>
    /// <param name="source">The file, for messages.</param>
    /// <exception cref="ModelPackException">It is no configuration, or of a network this product cannot build.</exception>
    public static PreprocessConfig Parse(string json, string source) => OpenClipConfig.Parse(json, source).Preprocess;
}
