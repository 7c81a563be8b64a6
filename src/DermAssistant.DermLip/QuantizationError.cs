namespace DermAssistant.DermLip;

/// <summary>How the embeddings of an int8 pack differ from those of the float32 pack it was made from.</summary>
/// <param name="Images">Number of images compared.</param>
/// <param name="MinImageCosine">The smallest cosine between the two embeddings of one image.</param>
/// <param name="MeanImageCosine">The mean cosine over the images.</param>
/// <param name="Top1Agreement">The fraction of the images whose most similar text, among those compared, is the same in both packs; over the labels of the pack where <see cref="Labels"/> says how many.</param>
/// <param name="Texts">Number of texts compared.</param>
/// <param name="MinTextCosine">The smallest cosine between the two embeddings of one text.</param>
public sealed record QuantizationError(
    int Images, double MinImageCosine, double MeanImageCosine, double Top1Agreement, int Texts, double MinTextCosine)
{
    /// <summary>How many labels <see cref="Top1Agreement"/> is over; null where it is over the texts compared.</summary>
    public int? Labels { get; init; }

    /// <summary>How well both packs tell diagnoses; null where no labelled photos were given.</summary>
    public QuantizationAuroc? Auroc { get; init; }
}
