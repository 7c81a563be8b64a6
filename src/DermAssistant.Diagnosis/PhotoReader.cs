using DermAssistant.DermLip;
using DermAssistant.Imaging;
using DermAssistant.Ontology;

namespace DermAssistant.Diagnosis;

/// <summary>Makes the reading of a photo.</summary>
/// <remarks>
/// Safe for concurrent use. The same photo, pack, prompts and ontology give the same reading. Making a reader computes the embeddings of all
/// prompts (or takes them from the cache folder); reading a photo encodes it once.
/// </remarks>
public sealed class PhotoReader
{
    /// <summary>Longest side, in pixels, of the picture that is described and measured; both work at smaller sizes still.</summary>
    internal const int WorkingSide = 512;

    /// <summary>Evidence is written for this many of the first conditions, and for all of the prediction set.</summary>
    private const int EvidencedEntries = 5;

    /// <summary>Encoder concepts from this score on are evidence; a score of one half says nothing.</summary>
    private const double EvidencedConcept = 0.5;

    private readonly ModelPack _pack;
    private readonly PhotoReaderOptions _options;
    private readonly LabelScorer _scorer;
    private readonly ConceptDetector _concepts;
    private readonly MeasuredConcepts _measuredConcepts;
    private readonly IReadOnlyDictionary<string, MeasuredDetector> _conceptQuality;
    private readonly ModalityScorer? _modality;
    private readonly DomainJudge? _domain;
    private readonly NodeMasses _masses;
    private readonly VerdictJudge _judge;
    private readonly TriageEvaluator _triage;
    private readonly ReadingModel _model;

    /// <summary>Prepares a pack for reading.</summary>
    /// <exception cref="ModelPackException">The pack's labels, calibration or concepts cannot be used.</exception>
    public PhotoReader(ModelPack pack, OntologyGraph ontology, PromptLibrary prompts, PhotoReaderOptions? options = null)
    {
        (_pack, _options) = (pack, options ?? new PhotoReaderOptions());
        _scorer = new LabelScorer(pack, ontology, prompts, _options);
        _concepts = ConceptDetector.Build(_scorer.Labels, ontology, prompts, _scorer.Texts, pack.Text.Dimension);
        _measuredConcepts = new MeasuredConcepts(prompts, ontology);
        _conceptQuality = ConceptQuality.Load(pack.Directory);
        (Calibration, CalibrationNote) = UsableCalibration();
        _domain = Calibration?.Domain is { } domain ? new DomainJudge(domain) : null;
        _modality = _scorer.Labels.Modality is null ? new ModalityScorer(prompts, _scorer.Texts, pack.Text.Dimension) : null;
        _masses = new NodeMasses(_scorer.Labels);
        _judge = new VerdictJudge(_masses, Calibration?.Verdict);
        _triage = new TriageEvaluator(ontology);
        _model = new ReadingModel(pack.Manifest.Id, pack.Manifest.Version, _scorer.Labels.Name, Calibration is not null);
        Influence = new ConceptInfluence(ontology, _scorer, _concepts, Probabilities);
    }

    /// <summary>What the differential runs over.</summary>
    public LabelSet Labels => _scorer.Labels;

    /// <summary>The calibration in use, or null.</summary>
    public PackCalibration? Calibration { get; }

    /// <summary>Why probabilities are not calibrated, in one sentence, or null when they are.</summary>
    public string? CalibrationNote { get; }

    /// <summary>What concepts change in a reading.</summary>
    public ConceptInfluence Influence { get; }

    /// <summary>The concepts the encoder is asked for, in the order of <see cref="ConceptScores"/>.</summary>
    public IReadOnlyList<Concept> Concepts => _concepts.Concepts;

    /// <summary>A hash of the prompts of each of <see cref="Concepts"/>: with other prompts a figure does not hold.</summary>
    public IReadOnlyList<string> ConceptPromptHashes => [.. _concepts.Prompts.Select(prompts => prompts?.Hash ?? "")];

    /// <summary>How well each of <see cref="Concepts"/> was measured to be detected, or null where it was not with the present prompts.</summary>
    public IReadOnlyList<MeasuredDetector?> ConceptFigures =>
        [.. Concepts.Zip(ConceptPromptHashes, (concept, hash) =>
            _conceptQuality.TryGetValue(concept.Id, out var figure) && (figure.Prompts is null || figure.Prompts == hash) ? figure : null)];

    /// <summary>How strongly each of <see cref="Concepts"/> is present by the encoder, 0..1.</summary>
    /// <param name="embedding">An L2-normalised image embedding of the pack.</param>
    public double[] ConceptScores(ReadOnlySpan<float> embedding) => _concepts.Score(embedding);

    /// <summary>Where in a photo concepts are seen.</summary>
    /// <param name="conceptIds">Ids of concepts; those the encoder is not asked for are left out. Null for the most present ones.</param>
    /// <param name="most">How many maps at most where <paramref name="conceptIds"/> is null.</param>
    /// <exception cref="ModelPackException">The image tower of the pack has no patch embeddings.</exception>
    public IReadOnlyList<ConceptMap> ConceptMaps(Photo photo, IReadOnlyCollection<string>? conceptIds = null, int most = 5)
    {
        ArgumentNullException.ThrowIfNull(photo);
        var (side, dimension) = (_pack.Image.PatchGrid, _pack.Image.Dimension);
        if (side == 0)
            throw new ModelPackException(
                $"The image tower of the pack {_pack.Manifest.Id} has no patch embeddings, so it cannot say where a concept is seen.",
                "Use a pack with a vision transformer or a CLIP ResNet.");
        var embedding = new float[dimension];
        var patches = new float[side * side * dimension];
        _pack.Image.EncodePatches(_pack.Pixels(photo), embedding, patches);
        var scores = _concepts.Score(embedding);
        var chosen = Enumerable.Range(0, scores.Length)
            .Where(i => conceptIds?.Contains(_concepts.Concepts[i].Id) ?? scores[i] >= EvidencedConcept)
            .OrderByDescending(i => scores[i]).ThenBy(i => _concepts.Concepts[i].Id, StringComparer.Ordinal)
            .Take(conceptIds is null ? most : int.MaxValue);
        return [.. chosen.Select(i => new ConceptMap(
            _concepts.Concepts[i].Id, _concepts.Concepts[i].Name, scores[i], side,
            [.. Enumerable.Range(0, side * side).Select(patch => _concepts.Contrast(i, patches.AsSpan(patch * dimension, dimension)))]))];
    }

    /// <summary>Reads an admitted photo; a refused one gets a reading that says why and holds no differential.</summary>
    public Reading Read(GateResult admitted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(admitted);
        if (admitted.Photo is not { } photo) return Refused(admitted.Report);
        cancellationToken.ThrowIfCancellationRequested();
        var picture = photo.ToRgb(WorkingSide);
        var embedding = _pack.Encode(photo);
        cancellationToken.ThrowIfCancellationRequested();
        var (modality, outside) = Place(picture, embedding);
        var shown = new ReadingPhoto(admitted.Report, modality);
        return outside is null ? Known(shown, picture, embedding) : Outside(shown, outside, embedding);
    }

    /// <summary>The probability of every label, in the order of <see cref="Labels"/>: of all the reader knows, whatever kind of photo it came from.</summary>
    /// <param name="embedding">An L2-normalised image embedding of the pack.</param>
    public double[] Probabilities(ReadOnlySpan<float> embedding)
    {
        var logits = _scorer.Classifier.Logits(embedding);
        return Calibration?.Probabilities(logits) ?? Vectors.Softmax(logits);
    }

    /// <summary>The index of the label chosen when every label is weighed the same, however rare it was among the calibration photos.</summary>
    public int BalancedDecision(IReadOnlyList<double> probabilities)
    {
        var weighed = Calibration is { } calibration ? probabilities.Zip(calibration.Prior, (p, prior) => p / prior).ToArray() : [.. probabilities];
        return Array.IndexOf(weighed, weighed.Max());
    }

    /// <summary>Indices of the labels in the prediction set, most probable first, or null without a calibration.</summary>
    public IReadOnlyList<int>? PredictionSet(IReadOnlyList<double> probabilities) => Calibration?.Conformal is { } conformal
        ? Conformal.Set([.. probabilities], conformal.Method, conformal.Quantile)
        : null;

    private Reading Known(ReadingPhoto photo, RgbImage picture, float[] embedding)
    {
        var probabilities = Probabilities(embedding);
        var order = Conformal.Order(probabilities);
        var entries = order
            .Select(i => Entry(i, probabilities[i]))
            .OrderByDescending(entry => entry.Probability).ThenBy(entry => entry.Id, StringComparer.Ordinal)
            .TakeWhile((entry, rank) => rank < _options.FewestEntries || entry.Probability >= _options.LeastProbability)
            .ToList();
        var set = PredictionSet(probabilities);
        var measurements = LesionMeasurer.Measure(picture);
        return Compose(new Findings(
            photo, entries, set is null ? null : new PredictionSet(Calibration!.Conformal.Coverage, [.. set.Select(i => Labels.Labels[i].Node.Id)]),
            Cautioned(_judge.Judge(probabilities)), _masses.Malignancy(probabilities),
            ScoreConcepts(embedding, measurements), measurements.Values, null, embedding));
    }

    private Reading Refused(GateReport report) => Compose(new Findings(
        new ReadingPhoto(report, Modality.Other), [], null,
        new Verdict(null, null, null, 0, true, "There is no photo to judge: the file was refused."), null, [], [], null, default));

    private Reading Outside(ReadingPhoto photo, string why, float[] embedding) => Compose(new Findings(
        photo, [], null, new Verdict(null, null, null, 0, true, why), null, [], [], why, embedding));

    private Reading Compose(Findings findings)
    {
        var writer = new EvidenceWriter();
        writer.AddPhoto(findings.Photo, findings.Outside);
        if (findings.Entries.Count > 0)
        {
            var inSet = findings.Set?.Conditions.ToHashSet(StringComparer.Ordinal) ?? [];
            writer.AddDifferential([.. findings.Entries.Where((entry, rank) => rank < EvidencedEntries || inSet.Contains(entry.Id))], _model);
            writer.AddVerdict(findings.Verdict);
            writer.AddMalignancy(
                findings.Malignancy!.Value, [.. Labels.Labels.Where(label => label.Malignant).Select(label => label.Name)], _model.Calibrated);
            if (findings.Set is { } set) writer.AddPredictionSet(set, [.. set.Conditions.Select(NameOf)]);
        }
        foreach (var concept in findings.Concepts)
            if (concept.Score >= EvidencedConcept) writer.AddConcept(concept, concept.Source == ConceptSource.Encoder ? PromptsOf(concept.Id) : null);
        foreach (var measurement in findings.Measurements) writer.AddMeasurement(measurement);
        var triage = findings.Entries.Count == 0 ? _triage.Unread : _triage.Assess(new TriageInput
        {
            Modality = findings.Photo.Modality,
            Differential = findings.Entries,
            MalignancyProbability = findings.Malignancy,
            Concepts = findings.Concepts,
            Evidence = writer.Evidence,
        });
        writer.AddTriage(triage);
        return new Reading(
            findings.Photo, _model, findings.Entries, findings.Set, findings.Verdict, findings.Malignancy, findings.Concepts,
            findings.Measurements, triage, writer.Evidence, findings.Outside, findings.Embedding);
    }

    /// <summary>What kind of picture this is and, where the pack does not know that kind, a sentence that says so.</summary>
    private (Modality Modality, string? Outside) Place(RgbImage picture, float[] embedding)
    {
        var description = PixelDescriptor.Describe(picture);
        if (PixelDescriptor.IsBlank(description))
            return (Modality.Other, "The photo is blank: it shows nothing that could be read. Take it again.");
        if (_domain is null)
            return (_modality?.MostLikely(embedding) ?? ModalityOf(Labels.Modality), null);
        var finding = _domain.Judge(description, embedding);
        var known = ModalityOf(Calibration!.Domain!.Modality);
        if (finding.Known) return (known, null);
        var seen = PixelDescriptor.LooksLikeSkin(description) && known != Modality.Clinical ? Modality.Clinical : Modality.Other;
        var what = seen == Modality.Clinical ? "more like an ordinary photo of skin" : "like another kind of picture";
        return (seen, $"This photo is outside what the model {_pack.Manifest.Id} knows: it was trained on {Wording.CamelCase(known)} photos only, "
            + $"and this looks {what}. It gives no differential for it.");
    }

    private List<ConceptScore> ScoreConcepts(float[] embedding, LesionMeasurements measurements)
    {
        var measured = _measuredConcepts.Score(measurements);
        var scores = _concepts.Score(embedding);
        // What the pixels state is not asked of the encoder too: one concept, one score.
        var figures = ConceptFigures;
        var encoded = _concepts.Concepts
            .Select((concept, i) => new ConceptScore(concept.Id, concept.Name, scores[i], ConceptSource.Encoder, figures[i]?.Auroc))
            .Where(concept => !measured.Any(other => other.Id == concept.Id));
        return [.. measured.Concat(encoded).OrderByDescending(concept => concept.Score).ThenBy(concept => concept.Id, StringComparer.Ordinal)];
    }

    private DifferentialEntry Entry(int label, double probability)
    {
        var (node, name) = (Labels.Labels[label].Node, Labels.Labels[label].Name);
        return new DifferentialEntry(node.Id, name, node.Path, probability);
    }

    private ConceptPromptsUsed? PromptsOf(string conceptId)
    {
        for (var i = 0; i < _concepts.Concepts.Count; i++)
            if (_concepts.Concepts[i].Id == conceptId) return _concepts.Prompts[i];
        return null;
    }

    private string NameOf(string id) => Labels.Labels.First(label => label.Node.Id == id).Name;

    private Verdict Cautioned(Verdict verdict) =>
        CalibrationNote is null ? verdict : verdict with { Why = $"{verdict.Why} {CalibrationNote}" };

    private (PackCalibration? Calibration, string? Note) UsableCalibration()
    {
        var found = PackCalibration.Load(_pack.Directory);
        if (found is null) return (null, "The scores of this model pack are not calibrated.");
        var misfit = found.MisfitWith(_pack.Manifest, Labels, _scorer.PromptsHash);
        return misfit is null
            ? (found, null)
            : (null, $"The scores of this model pack are not calibrated: its calibration is not used, because {misfit}.");
    }

    private static Modality ModalityOf(string? word) => word switch
    {
        "dermoscopic" => Modality.Dermoscopic,
        "clinical" => Modality.Clinical,
        _ => Modality.Other,
    };

    private sealed record Findings(
        ReadingPhoto Photo,
        IReadOnlyList<DifferentialEntry> Entries,
        PredictionSet? Set,
        Verdict Verdict,
        double? Malignancy,
        IReadOnlyList<ConceptScore> Concepts,
        IReadOnlyList<Measurement> Measurements,
        string? Outside,
        ReadOnlyMemory<float> Embedding);
}
