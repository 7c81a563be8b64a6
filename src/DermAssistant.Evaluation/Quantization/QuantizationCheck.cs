using DermAssistant.Cases;
using DermAssistant.Diagnosis;
using DermAssistant.DermLip;
using DermAssistant.Imaging;
using DermAssistant.Ontology;

namespace DermAssistant.Evaluation;

/// <summary>Compares a float32 pack and its int8 variant by what they say of photos, over all labels of the pack.</summary>
/// <remarks>Both are read by their prompts alone, without a calibration, which the variant does not have.</remarks>
public sealed class QuantizationCheck(PhotoGate gate, OntologyGraph ontology, PromptLibrary prompts, PhotoReaderOptions? options = null)
{
    /// <summary>More photos take long and move the figures little; of more, every so manieth is taken.</summary>
    public const int MostPhotos = 500;

    /// <summary>Compares.</summary>
    /// <param name="photos">Paths of photos, used where <paramref name="labelled"/> is null.</param>
    /// <param name="labelled">Photos of known diagnosis, which the AUROC needs.</param>
    /// <exception cref="TableException">The table is missing or malformed, lacks a column, or no row of it can be used.</exception>
    public QuantizationAgreement Compare(
        ModelPack exact, ModelPack rough, IReadOnlyList<string> photos, ClassificationRequest? labelled, IProgress<BenchmarkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(exact);
        ArgumentNullException.ThrowIfNull(rough);
        LabelScorer exactly = new(exact, ontology, prompts, options), roughly = new(rough, ontology, prompts, options);
        var files = Thin(labelled is null
            ? [.. photos.Select(path => (path, label: -1))]
            : [.. LabelledFiles.Read(labelled, ontology, exactly.Labels).Files.Select(file => (file.Path, file.Class))]);
        var read = new List<(int Label, double[] Exact, double[] Rough)>();
        foreach (var (path, label) in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (gate.AdmitFile(path).Photo is { } photo)
                read.Add((label, Vectors.Softmax(exactly.Classifier.Logits(exact.Encode(photo))), Vectors.Softmax(roughly.Classifier.Logits(rough.Encode(photo)))));
            progress?.Report(new BenchmarkProgress(read.Count, files.Count, null));
        }

        if (read.Count == 0)
            throw new TableException(
                labelled is null ? "None of the photos can be read." : $"No photo of {labelled.Labels} can be read.",
                "Check the folder of the photos, the columns, and that the labels are diagnoses of the pack.");
        var same = read.Count(photo => MostProbable(photo.Exact) == MostProbable(photo.Rough));
        return new QuantizationAgreement(exactly.Labels.Labels.Count, same / (double)read.Count, labelled is null ? null : Auroc(read));
    }

    private static IReadOnlyList<(string Path, int Label)> Thin(IReadOnlyList<(string Path, int Label)> files)
    {
        var step = Math.Max(1, (files.Count + MostPhotos - 1) / MostPhotos);
        return [.. files.Where((_, i) => i % step == 0)];
    }

    private static int MostProbable(double[] probabilities) => Array.IndexOf(probabilities, probabilities.Max());

    /// <summary>The mean over the labels that have photos, with others beside them; null where all photos have the same label.</summary>
    private static QuantizationAuroc? Auroc(List<(int Label, double[] Exact, double[] Rough)> photos)
    {
        var classes = photos.Select(photo => photo.Label).Distinct().ToList();
        if (classes.Count < 2) return null;
        var once = new int[photos.Count];
        Array.Fill(once, 1);
        double Mean(Func<(int Label, double[] Exact, double[] Rough), double[]> probabilities) => classes.Average(label =>
            new Auroc([.. photos.Select(photo => probabilities(photo)[label])], [.. photos.Select(photo => photo.Label == label)]).Area(once));
        return new QuantizationAuroc(photos.Count, classes.Count, Mean(photo => photo.Exact), Mean(photo => photo.Rough));
    }
}
