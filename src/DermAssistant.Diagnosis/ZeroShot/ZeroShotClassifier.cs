using DermAssistant.DermLip;

namespace DermAssistant.Diagnosis;

/// <summary>Scores an image embedding against the text embeddings of classes.</summary>
/// <remarks>
/// A class is the mean of the L2-normalised embeddings of its prompts, normalised again; a logit is 100 times the cosine: the constant of
/// the published zero-shot evaluation, not exp(logit_scale).
/// </remarks>
internal sealed class ZeroShotClassifier
{
    private const double Scale = 100;
    private readonly double[][] _classes;

    private ZeroShotClassifier(double[][] classes) => _classes = classes;

    public int Count => _classes.Length;

    /// <summary>Builds a classifier from the prompts of each class.</summary>
    /// <exception cref="ModelPackException">The text tower gave no usable embedding.</exception>
    public static ZeroShotClassifier Build(IReadOnlyList<IReadOnlyList<string>> prompts, TextEmbeddings texts, int dimension)
    {
        var rows = texts.Encode([.. prompts.SelectMany(list => list)]);
        if (!Array.TrueForAll(rows, float.IsFinite))
            throw new ModelPackException("The text tower of the pack gives embeddings that are not numbers.", "Run 'derm models verify' on the pack.");
        var classes = new double[prompts.Count][];
        var start = 0;
        for (var i = 0; i < classes.Length; i++)
        {
            var length = prompts[i].Count * dimension;
            classes[i] = ClassEmbedding(rows.AsSpan(start, length), dimension);
            start += length;
        }
        return new ZeroShotClassifier(classes);
    }

    /// <summary>The prompts of a label set: every template with every wording.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> PromptsOf(LabelSet labels, PromptLibrary prompts)
    {
        var templates = labels.Templates ?? prompts.TemplatesFor(labels.Modality);
        return [.. labels.Labels.Select(label => (IReadOnlyList<string>)
            [.. label.Wordings.SelectMany(words => templates.Select(template => PromptLibrary.Fill(template, words)))])];
    }

    public static double[] ClassEmbedding(ReadOnlySpan<float> promptEmbeddings, int dimension) =>
        Vectors.Normalize(Vectors.MeanOfNormalized(promptEmbeddings, dimension));

    /// <summary>100 * cosine of the embedding (L2-normalised) with each class.</summary>
    public double[] Logits(ReadOnlySpan<float> embedding)
    {
        var logits = new double[_classes.Length];
        for (var i = 0; i < logits.Length; i++) logits[i] = Scale * Vectors.Dot(_classes[i], embedding);
        return logits;
    }
}
