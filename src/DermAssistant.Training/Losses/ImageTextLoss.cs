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

    /// <param name="prompts">[L, D], normalised: one prompt a label.</param>
    /// <param name="logPrior">[L], log share of each label among the training samples.</param>
    public static Tensor Prompts(Tensor images, Tensor prompts, Tensor labels, Tensor logPrior) =>
        functional.cross_entropy(images.matmul(prompts.t()) * PromptScale + logPrior, labels, label_smoothing: Smoothing);
}
