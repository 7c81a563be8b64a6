using DermAssistant.Cases;
using DermAssistant.Diagnosis;
using DermAssistant.Imaging;
using DermAssistant.Ontology;

namespace DermAssistant.Evaluation;

/// <summary>Calibrates a pack on photos of known diagnosis.</summary>
/// <remarks>The same photos and table give the same calibration but for its date.</remarks>
public sealed class CalibrationRun(Calibrator calibrator, PhotoGate gate, OntologyGraph ontology, TimeProvider? time = null)
{
    /// <summary>Enough to tell what photos of the pack's kind look like.</summary>
    private const int MostKnown = 4000;

    private const int Stride = 32;

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Observes the photos and fits.</summary>
    /// <exception cref="TableException">The table is missing or malformed, or lacks a column.</exception>
    /// <exception cref="CalibrationException">There are too few photos.</exception>
    public Task<PackCalibration> RunAsync(CalibrationRequest request, IProgress<BenchmarkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Run(request, progress, cancellationToken), cancellationToken);

    private PackCalibration Run(CalibrationRequest request, IProgress<BenchmarkProgress>? progress, CancellationToken cancellationToken)
    {
        var labelled = LabelledFiles.Read(request.Photos, ontology, calibrator.Labels).Files;
        var known = request.Known is null ? [] : Thinned(LabelledFiles.Read(request.Photos with { Where = request.Known }, ontology, calibrator.Labels).Files);
        var foreign = request.Foreign is null ? [] : ImageFolder.ByStem(request.Foreign).Values.Order(StringComparer.Ordinal).ToList();

        var total = labelled.Count + known.Count + foreign.Count;
        var done = 0;
        var begun = _time.GetTimestamp();
        var photos = Observe([.. labelled.Select(file => file.Path)], calibrator.Observe);
        var knownFeatures = Observe([.. known.Select(file => file.Path)], calibrator.Observe);
        var foreignFeatures = Observe(foreign, calibrator.ObserveForeign);
        return calibrator.Fit(
            new CalibrationSet
            {
                Photos = [.. labelled.Zip(photos).Where(pair => pair.Second is not null).Select(pair => new LabelledPhoto(pair.Second!, pair.First.Class))],
                Known = [.. knownFeatures.OfType<PhotoFeatures>()],
                Foreign = [.. foreignFeatures.OfType<PhotoFeatures>()],
                Split = request.Split,
                Date = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime),
            },
            cancellationToken: cancellationToken);

        // Null where the gate refuses the file.
        PhotoFeatures?[] Observe(IReadOnlyList<string> paths, Func<Photo, PhotoFeatures> observe)
        {
            var features = new PhotoFeatures?[paths.Count];
            for (var start = 0; start < paths.Count; start += Stride)
            {
                var end = Math.Min(start + Stride, paths.Count);
                var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
                Parallel.For(start, end, options, i => features[i] = gate.AdmitFile(paths[i]).Photo is { } photo ? observe(photo) : null);
                done += end - start;
                progress?.Report(new BenchmarkProgress(done, total, _time.GetElapsedTime(begun) / done * (total - done)));
            }

            return features;
        }
    }

    private static List<LabelledFile> Thinned(IReadOnlyList<LabelledFile> files)
    {
        var step = Math.Max(1, (files.Count + MostKnown - 1) / MostKnown);
        return [.. files.Where((_, i) => i % step == 0)];
    }
}
