using DermAssistant.Cases;
using DermAssistant.Diagnosis;
using DermAssistant.DermLip;
using DermAssistant.Imaging;
using DermAssistant.Ontology;

namespace DermAssistant.Evaluation;

/// <summary>Measures how well a pack's encoder detects concepts, on photos whose concepts are known.</summary>
/// <remarks>The same photos and table give the same figures. Safe for concurrent use.</remarks>
public sealed class ConceptBenchmark(ModelPack pack, PhotoReader reader, PhotoGate gate, OntologyGraph ontology, TimeProvider? time = null)
{
    /// <summary>With fewer photos that show a concept, or that do not, an area under the curve says nothing.</summary>
    public const int FewestOfEachSide = 5;

    private const int Stride = 32;

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Encodes the photos and computes the figures.</summary>
    /// <exception cref="TableException">The table is missing or malformed, lacks a column, or no row of it can be used.</exception>
    public Task<ConceptBenchmarkResult> RunAsync(
        ConceptRequest request, Bootstrap? bootstrap = null, IProgress<BenchmarkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Run(request, bootstrap ?? new Bootstrap(), progress, cancellationToken), cancellationToken);

    /// <summary>The figures as a pack stores them.</summary>
    public IReadOnlyDictionary<string, MeasuredDetector> ToStore(ConceptBenchmarkResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var hashes = reader.Concepts.Zip(reader.ConceptPromptHashes).ToDictionary(pair => pair.First.Id, pair => pair.Second, StringComparer.Ordinal);
        var date = _time.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return result.Concepts.Where(concept => concept.Auroc is not null).ToDictionary(
            concept => concept.Id,
            concept => new MeasuredDetector(
                concept.Auroc!.Value, concept.Auroc95?[0], concept.Auroc95?[1], concept.N, concept.Positives, result.MeasuredOn, date, hashes[concept.Id]),
            StringComparer.Ordinal);
    }

    private ConceptBenchmarkResult Run(ConceptRequest request, Bootstrap bootstrap, IProgress<BenchmarkProgress>? progress, CancellationToken cancellationToken)
    {
        var table = ConceptTable.Read(request, ontology, reader.Concepts);
        var scored = Score(table.Photos, progress, cancellationToken);
        var refused = scored.Where(photo => photo.Scores is null).Select(photo => new SkippedPhoto(photo.Photo.Name, photo.Why!));
        var skipped = table.Skipped.Concat(refused).OrderBy(photo => photo.File, StringComparer.Ordinal).ThenBy(photo => photo.Why, StringComparer.Ordinal).ToList();
        var photos = scored.Where(photo => photo.Scores is not null).OrderBy(photo => photo.Photo.Name, StringComparer.Ordinal).ToList();
        if (photos.Count == 0)
            throw new TableException(
                $"No photo of {request.Labels} can be measured; {skipped.Count} were skipped{(skipped.Count > 0 ? $", {skipped[0].File} because {skipped[0].Why}" : "")}.",
                "Check the folder of the photos and the columns; 'derm ontology concepts' lists the concepts.");
        var concepts = reader.Concepts.Select((concept, index) => Measure(concept, index, photos, bootstrap, cancellationToken)).OfType<ConceptResult>()
            .OrderByDescending(concept => concept.Auroc ?? -1).ThenBy(concept => concept.Id, StringComparer.Ordinal).ToList();
        var measuredOn = request.Where is { } where ? $"{Path.GetFileName(request.Labels)}, {where.Column} = {where.Value}" : Path.GetFileName(request.Labels);
        return new ConceptBenchmarkResult(
            photos.Count, measuredOn, concepts.Average(concept => concept.Auroc), concepts, table.Unknown, skipped,
            new MeasuredModel(pack.Manifest.Id, pack.Manifest.Version, reader.Calibration is not null),
            new IntervalMethod(bootstrap.Resamples, bootstrap.Seed, bootstrap.Resampling));
    }

    private Scored[] Score(IReadOnlyList<ConceptPhoto> photos, IProgress<BenchmarkProgress>? progress, CancellationToken cancellationToken)
    {
        var scored = new Scored[photos.Count];
        var begun = _time.GetTimestamp();
        for (var start = 0; start < photos.Count; start += Stride)
        {
            var end = Math.Min(start + Stride, photos.Count);
            var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
            Parallel.For(start, end, options, index =>
            {
                var admitted = gate.AdmitFile(photos[index].Path);
                scored[index] = admitted.Photo is { } photo
                    ? new Scored(photos[index], reader.ConceptScores(pack.Encode(photo)), null)
                    : new Scored(photos[index], null, string.Join(" ", admitted.Report.Reasons));
            });
            progress?.Report(new BenchmarkProgress(end, photos.Count, _time.GetElapsedTime(begun) / end * (photos.Count - end)));
        }
        return scored;
    }

    /// <summary>Null for a concept of which the table knows nothing.</summary>
    private static ConceptResult? Measure(Concept concept, int index, IReadOnlyList<Scored> photos, Bootstrap bootstrap, CancellationToken cancellationToken)
    {
        var known = photos.Where(photo => photo.Photo.Shown[index] is not null).ToList();
        if (known.Count == 0) return null;
        bool[] shown = [.. known.Select(photo => photo.Photo.Shown[index]!.Value)];
        var positives = shown.Count(value => value);
        if (positives < FewestOfEachSide || known.Count - positives < FewestOfEachSide)
            return new ConceptResult(concept.Id, concept.Name, known.Count, positives, null, null, $"fewer than {FewestOfEachSide} photos show it, or do not");
        var auroc = new Auroc([.. known.Select(photo => photo.Scores![index])], shown);
        var once = new int[known.Count];
        Array.Fill(once, 1);
        var interval = Bootstrap.Interval(
            bootstrap.Draw([.. shown.Select(value => value ? 1 : 0)]).AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(counts => auroc.Area(counts)).ToList());
        return new ConceptResult(concept.Id, concept.Name, known.Count, positives, auroc.Area(once), interval?.ToArray(), null);
    }

    /// <param name="Scores">Null where the gate refused the file; <paramref name="Why"/> then says why.</param>
    private sealed record Scored(ConceptPhoto Photo, double[]? Scores, string? Why);
}
