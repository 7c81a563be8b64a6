using DermAssistant.Imaging;

namespace DermAssistant.DermLip;

/// <summary>An open_clip configuration: <c>model_cfg</c> and <c>preprocess_cfg</c>.</summary>
internal sealed record OpenClipConfig(int EmbedDim, bool QuickGelu, VisionConfig Vision, TextConfig Text, PreprocessConfig Preprocess)
{
    public const string FileName = "open_clip_config.json";

    private const int MostDimensions = 1 << 16;

    private static readonly float[] OpenAiMean = [0.48145466f, 0.4578275f, 0.40821073f];
    private static readonly float[] OpenAiStd = [0.26862954f, 0.26130258f, 0.27577711f];

    /// <summary>Reads a configuration; a bare <c>model_cfg</c> is one too.</summary>
    /// <param name="source">The file, for messages.</param>
    /// <exception cref="ModelPackException">It is no configuration, or of a network this product cannot build.</exception>
    public static OpenClipConfig Parse(string json, string source)
    {
        var root = ConfigSection.Parse(json, source);
        var model = root.Part("model_cfg") ?? root;
        var vision = VisionConfig.Parse(model.Part("vision_cfg") ?? throw model.Missing("vision_cfg"));
        var text = TextConfig.Parse(model.Part("text_cfg") ?? throw model.Missing("text_cfg"));
        return new OpenClipConfig(
            model.Whole("embed_dim", null, MostDimensions), model.Flag("quick_gelu"), vision, text, Preprocessing(root.Part("preprocess_cfg"), vision.ImageSize));
    }

    private static PreprocessConfig Preprocessing(ConfigSection? section, int imageSize)
    {
        if (section is null) return new PreprocessConfig(imageSize, OpenAiMean, OpenAiStd, Interpolation.Bicubic, ResizeMode.Shortest);
        section.Refuse(("mode", "RGB"), ("fill_color", "0"));
        var size = section.Side("size", imageSize, VisionConfig.MostPixels);
        if (size != imageSize) throw section.Unfit("size", $"{size}, but vision_cfg.image_size is {imageSize}");
        var std = section.Colours("std", OpenAiStd);
        foreach (var divisor in std)
            if (!(divisor > 0)) throw section.Unfit("std", $"[{string.Join(", ", std)}], by which nothing can be divided");
        return new PreprocessConfig(
            imageSize,
            section.Colours("mean", OpenAiMean),
            std,
            section.Text("interpolation") switch
            {
                null or "bicubic" => Interpolation.Bicubic,
                "bilinear" => Interpolation.Bilinear,
                var other => throw section.Unfit("interpolation", $"'{other}', which is not bicubic or bilinear"),
            },
            section.Text("resize_mode") switch
            {
                null or "shortest" => ResizeMode.Shortest,
                "longest" => ResizeMode.Longest,
                "squash" => ResizeMode.Squash,
                var other => throw section.Unfit("resize_mode", $"'{other}', which is not shortest, longest or squash"),
            });
    }
}
