using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DermAssistant.Training;

/// <summary>The contrastive image-text loss.</summary>
/// <remarks>
/// Captions of the batch: symmetric cross-entropy in which every pair of the same label is a positive (unified contrastive
/// learning, Yang et al. 2022), the image's own caption weighing as much as all others of its label together, since it also
/// tells site, colours and shape. Diagnosis prompts: every image against one prompt of every label, with logits adjusted by
/// the log prior (Menon et al. 2021), so that rare diagnoses are not drowned and the embedding itself is free of the prior.
/// </remarks>
internal static class ImageTextLoss
{
    private const double OwnCaption = 0.5;
    private const double Smoothing = 0.05;

    // Of its own: the captions' many positives pull the learned scale down to where seven prompts could not be told apart.
    public const double PromptScale = 30;

    /// <param name="images">[N, D], normalised.</param>
    /// <param name="captions">[N, D], normalised.</param>
    /// <param name="labels">[N], index of the label.</param>
    public static Tensor Captions(Tensor images, Tensor captions, Tensor labels, Tensor scale)
    {
        var n = images.shape[0];
        var same = labels.unsqueeze(0).eq(labels.unsqueeze(1)).to(ScalarType.Float32);
        var target = same / same.sum(1, keepdim: true) * (1 - OwnCaption) + eye(n) * OwnCaption;
        var logits = images.matmul(captions.t()) * scale;
        return -0.5 * ((target * logits.log_softmax(1)).sum(1).mean() + (target * logits.t().log_softmax(1)).sum(1).mean());
    }

    /// <param name="images">[N, D], normalised; each of one photo, or of two mixed pixel by pixel.</param>
    /// <param name="prompts">[L, D], normalised: one prompt a label.</param>
    /// <param name="labels">[N], of the first photo.</param>
    /// <param name="others">[N], of the photo mixed in.</param>
    /// <param name="share">The first photo's share in the mix, 1 where nothing was mixed (mixup, Zhang et al. 2018).</param>
    /// <param name="logPrior">[L], log share of each label among the photos as they are drawn.</param>
    public static Tensor Prompts(Tensor images, Tensor prompts, Tensor labels, Tensor others, double share, Tensor logPrior)
    {
        var logits = images.matmul(prompts.t()) * PromptScale + logPrior;
        var loss = functional.cross_entropy(logits, labels, label_smoothing: Smoothing);
        return share == 1 ? loss : loss * share + functional.cross_entropy(logits, others, label_smoothing: Smoothing) * (1 - share);
    }
}
