using DermAssistant.DermLip;
using DermAssistant.Imaging;
using DermAssistant.Ontology;

namespace DermAssistant.Diagnosis;

/// <summary>Fits a pack's calibration on photos with known diagnoses.</summary>
/// <remarks>The same photos in the same order give the same calibration. Safe for concurrent use.</remarks>
public sealed class Calibrator
{
    /// <summary>Fewer photos promise nothing.</summary>
    public const int FewestPhotos = 50;

    private const int Folds = 5;
    private const int WorkingSide = 256;
    private const int VariantsOfKnown = 2;

    private readonly ModelPack _pack;
    private readonly LabelScorer _scorer;

    /// <summary>Prepares a pack for calibration.</summary>
    /// <exception cref="ModelPackException">The pack's labels cannot be used.</exception>
    public Calibrator(ModelPack pack, OntologyGraph ontology, PromptLibrary prompts, PhotoReaderOptions? options = null)
    {
        _pack = pack;
        _scorer = new LabelScorer(pack, ontology, prompts, options);
    }

    /// <summary>The labels photos are to be given.</summary>
    public LabelSet Labels => _scorer.Labels;

    /// <summary>What calibration needs of a photo of the kind the pack knows.</summary>
    public PhotoFeatures Observe(Photo photo)
    {
        ArgumentNullException.ThrowIfNull(photo);
        // Which variants a photo contributes is drawn from its content, so that it depends on no order.
        var first = Convert.ToInt32(photo.Sha256[..2], 16);
        return Observe(photo, [.. Enumerable.Range(0, VariantsOfKnown).Select(i => (first + (3 * i)) % PhotoVariants.Count)]);
    }

    /// <summary>What calibration needs of a picture the pack does not know; there are few of these, so each contributes all its variants.</summary>
    public PhotoFeatures ObserveForeign(Photo photo)
    {
        ArgumentNullException.ThrowIfNull(photo);
        return Observe(photo, [.. Enumerable.Range(0, PhotoVariants.Count)]);
    }

    /// <summary>Fits temperature, class biases, prediction sets, verdict thresholds and the limits of what the pack knows.</summary>
    /// <exception cref="CalibrationException">There are too few photos, or of one label only.</exception>
    public PackCalibration Fit(CalibrationSet set, CalibrationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        Check(set);
        var chosen = options ?? new CalibrationOptions();
        var labels = set.Photos.Select(photo => photo.Label).ToArray();
        var logits = set.Photos.Select(photo => _scorer.Classifier.Logits(photo.Features.Embedding)).ToArray();
        var prior = ProbabilityFit.Prior(labels, Labels.Labels.Count);
        var (temperature, logBias) = ProbabilityFit.Fit(logits, labels, prior, chosen.BiasStrength);
        cancellationToken.ThrowIfCancellationRequested();

        // Sets and thresholds are chosen on probabilities a photo had no part in.
        var folds = FoldsOf(labels);
        var probabilities = CrossFitted(logits, labels, folds, chosen.BiasStrength);
        var masses = new NodeMasses(Labels);
        return new PackCalibration
        {
            PackId = _pack.Manifest.Id,
            PackVersion = _pack.Manifest.Version,
            PromptsHash = _scorer.PromptsHash,
            Labels = Labels.Ids,
            FittedOn = new CalibrationOrigin(set.Photos.Count, set.Split, set.Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
            Temperature = temperature,
            LogBias = logBias,
            Prior = prior,
            Conformal = ConformalFit.Fit(probabilities, labels, folds, chosen.Coverage),
            Verdict = VerdictFit.Fit(masses, Labels, probabilities, labels, chosen),
            Domain = set.FitDomain && Labels.Modality is { } modality ? DomainFit.Fit(set, modality, chosen.RefusedKnown, cancellationToken) : null,
        };
    }

    private PhotoFeatures Observe(Photo photo, int[] variants)
    {
        var picture = photo.ToRgb(PhotoReader.WorkingSide);
        var small = photo.ToRgb(WorkingSide);
        return new PhotoFeatures(
            _pack.Encode(photo),
            [PixelDescriptor.Describe(picture), .. variants.Select(number => PixelDescriptor.Describe(PhotoVariants.Make(small, number)))]);
    }

    private void Check(CalibrationSet set)
    {
        const string Remedy = "Give photos of every diagnosis the pack knows, none of which it was trained on.";
        if (set.Photos.Count < FewestPhotos)
            throw new CalibrationException($"A calibration needs at least {FewestPhotos} photos with a diagnosis the pack knows, and there are {set.Photos.Count}.", Remedy);
        if (set.Photos.Select(photo => photo.Label).Distinct().Count() < 2)
            throw new CalibrationException("All photos have the same diagnosis.", Remedy);
        foreach (var photo in set.Photos)
        {
            if (photo.Label < 0 || photo.Label >= Labels.Labels.Count)
                throw new ArgumentException($"Label {photo.Label} is none of the {Labels.Labels.Count} of the pack.", nameof(set));
            if (photo.Features.Embedding.Length != _pack.Image.Dimension || !Array.TrueForAll(photo.Features.Embedding, float.IsFinite))
                throw new ArgumentException($"An embedding is not {_pack.Image.Dimension} finite numbers.", nameof(set));
        }
    }

    /// <summary>The photos of every label dealt out in turn.</summary>
    private static int[] FoldsOf(int[] labels)
    {
        var dealt = new Dictionary<int, int>();
        return Array.ConvertAll(labels, label => (dealt[label] = dealt.GetValueOrDefault(label) + 1) % Folds);
    }

    private static double[][] CrossFitted(double[][] logits, int[] labels, int[] folds, double strength)
    {
        var probabilities = new double[logits.Length][];
        for (var fold = 0; fold < Folds; fold++)
        {
            var rest = Enumerable.Range(0, labels.Length).Where(i => folds[i] != fold).ToArray();
            int[] restLabels = [.. rest.Select(i => labels[i])];
            var (temperature, logBias) = ProbabilityFit.Fit(
                [.. rest.Select(i => logits[i])], restLabels, ProbabilityFit.Prior(restLabels, logits[0].Length), strength);
            for (var i = 0; i < labels.Length; i++)
                if (folds[i] == fold) probabilities[i] = PackCalibration.Probabilities(logits[i], temperature, logBias);
        }
        return probabilities;
    }
}
