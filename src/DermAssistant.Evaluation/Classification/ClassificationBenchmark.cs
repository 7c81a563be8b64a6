using DermAssistant.Cases;
using DermAssistant.Diagnosis;
using DermAssistant.Imaging;
using DermAssistant.Ontology;

namespace DermAssistant.Evaluation;

/// <summary>How far a benchmark is.</summary>
public sealed record BenchmarkProgress(int Done, int Total, TimeSpan? Remaining);

/// <summary>Measures how well a pack tells diagnoses, on photos of known diagnosis.</summary>
/// <remarks>Photos are read exactly as for a user, several at a time. Safe for concurrent use; the order of the rows changes nothing.</remarks>
public sealed class ClassificationBenchmark(PhotoReader reader, PhotoGate gate, OntologyGraph ontology, TimeProvider? time = null)
{
    /// <summary>Photos between two reports of progress.</summary>
    private const int Stride = 32;

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Classifies the photos and computes the figures.</summary>
    /// <exception cref="TableException">The table is missing or malformed, lacks a column, or no row of it can be used.</exception>
    public Task<ClassificationResult> RunAsync(
        ClassificationRequest request, Bootstrap? bootstrap = null, IProgress<BenchmarkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        // Work for the processors, not waiting: the caller's thread stays free.
        Task.Run(() => Run(request, bootstrap, progress, cancellationToken), cancellationToken);

    private ClassificationResult Run(ClassificationRequest request, Bootstrap? bootstrap, IProgress<BenchmarkProgress>? progress, CancellationToken cancellationToken)
    {
        var labelled = LabelledFiles.Read(request, ontology, reader.Labels);
        var outcomes = Classify(labelled.Files, progress, cancellationToken);
        var refused = outcomes.Where(outcome => outcome.Photo is null).Select(outcome => new SkippedPhoto(outcome.File.Name, outcome.Why!));
        var skipped = labelled.Skipped.Concat(refused).OrderBy(photo => photo.File, StringComparer.Ordinal).ThenBy(photo => photo.Why, StringComparer.Ordinal).ToList();
        var photos = outcomes.Select(outcome => outcome.Photo).OfType<ClassifiedPhoto>().OrderBy(photo => photo.File, StringComparer.Ordinal).ToList();
        if (photos.Count == 0)
            throw new TableException(
                $"No photo of {request.Labels} can be measured; {skipped.Count} were skipped{(skipped.Count > 0 ? $", {skipped[0].File} because {skipped[0].Why}" : "")}.",
                "Check the folder of the photos, the columns, and that the labels are diagnoses of the pack.");
        var figures = ClassificationFigures.Of(photos, reader.Labels.Labels.Count, bootstrap, cancellationToken);
        var model = outcomes.Select(outcome => outcome.Reading).OfType<Reading>().First().Model;
        return Compose(figures, photos, skipped, outcomes.Count(outcome => outcome.Reading?.OutsideKnowledge is not null), model);
    }

    private Outcome[] Classify(IReadOnlyList<LabelledFile> files, IProgress<BenchmarkProgress>? progress, CancellationToken cancellationToken)
    {
        var outcomes = new Outcome[files.Count];
        var begun = _time.GetTimestamp();
        progress?.Report(new BenchmarkProgress(0, files.Count, null));
        for (var start = 0; start < files.Count; start += Stride)
        {
            var end = Math.Min(start + Stride, files.Count);
            var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
            Parallel.For(start, end, options, index => outcomes[index] = Classify(files[index], cancellationToken));
            progress?.Report(new BenchmarkProgress(end, files.Count, _time.GetElapsedTime(begun) / end * (files.Count - end)));
        }
        return outcomes;
    }

    private Outcome Classify(LabelledFile file, CancellationToken cancellationToken)
    {
        var admitted = gate.AdmitFile(file.Path);
        if (admitted.Photo is null) return new Outcome(file, null, string.Join(" ", admitted.Report.Reasons), null);
        var reading = reader.Read(admitted, cancellationToken);
        var probabilities = reader.Probabilities(reading.Embedding.Span);
        var photo = new ClassifiedPhoto(file.Name, file.Class, probabilities, reader.BalancedDecision(probabilities), reader.PredictionSet(probabilities) ?? []);
        return new Outcome(file, photo, null, reading);
    }

    private ClassificationResult Compose(ClassificationFigures figures, IReadOnlyList<ClassifiedPhoto> photos, IReadOnlyList<SkippedPhoto> skipped, int outside, ReadingModel model)
    {
        var calibrated = model.Calibrated;
        var overall = figures.Overall;
        var names = Names();
        var perClass = new Dictionary<string, ClassResult>(StringComparer.Ordinal);
        for (var label = 0; label < names.Count; label++)
        {
            var (of, ends) = (figures.PerClass[label], figures.PerClassConfidence95[label]);
            perClass.Add(names[label], new ClassResult(
                of.N, of.Recall, of.Auroc, of.RecallMostProbable, reader.Labels.Labels[label].Node.Id, ends.Recall?.ToArray(), ends.Auroc?.ToArray()));
        }

        // Without a calibration there are no prediction sets to speak of.
        var intervals = figures.Confidence95.Where(pair => calibrated || pair.Key is not ("coverage" or "meanSetSize"));
        return new ClassificationResult(
            figures.N, names, overall.Accuracy, overall.BalancedAccuracy, double.IsNaN(overall.MacroAuroc) ? null : overall.MacroAuroc, overall.Top3, overall.Ece,
            calibrated ? overall.Coverage : null, calibrated ? overall.MeanSetSize : null,
            perClass, intervals.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal), skipped, outside,
            new MeasuredModel(model.Id, model.Version, calibrated),
            new IntervalMethod(figures.Bootstrap.Resamples, figures.Bootstrap.Seed, figures.Bootstrap.Resampling))
        {
            Photos = photos,
        };
    }

    /// <summary>Names people read, or ids where two labels share a name.</summary>
    private IReadOnlyList<string> Names()
    {
        var names = reader.Labels.Labels.Select(label => label.Name).ToList();
        return names.Distinct(StringComparer.Ordinal).Count() == names.Count ? names : reader.Labels.Ids;
    }

    /// <param name="Photo">Null where the gate refused the file; <paramref name="Why"/> then says why.</param>
    private sealed record Outcome(LabelledFile File, ClassifiedPhoto? Photo, string? Why, Reading? Reading);
}
