using DermAssistant.Cases;
using DermAssistant.Imaging;
using DermAssistant.Ontology;

namespace DermAssistant.Training;

/// <summary>Samples of a data set with their decoded photos.</summary>
/// <param name="Skipped">Rows that did not become samples, each with why.</param>
/// <param name="Licence">Under which the data, and what is trained on it, may be used.</param>
internal sealed record TrainingData(
    IReadOnlyList<TrainingSample> Samples, PhotoCache Photos, IReadOnlyList<SkippedCase> Skipped, MeasuredFacts? Measured, string Name, string Licence, string Attribution)
{
    private const long PhotoBudget = 4L << 30;
    private const int Stride = 500;

    /// <summary>Reads the tables, decodes and measures the photos, and splits by lesion (by image where no lesion is named).</summary>
    /// <param name="format">One of <see cref="CaseImporter.Formats"/>.</param>
    /// <exception cref="TableException">A table is missing or malformed.</exception>
    /// <exception cref="TrainingException">There is nothing to train on.</exception>
    public static TrainingData Load(string format, string folder, OntologyGraph ontology, int seed, IProgress<string>? log, CancellationToken cancellationToken)
    {
        ICaseSource source = format == "ham10000"
            ? new Ham10000Source(folder, ontology, new CaseImportOptions())
            : new Derm1MSource(folder, ontology, new CaseImportOptions());
        var plan = source.Plan(cancellationToken);
        var splits = LesionSplit.Assign([.. plan.Cases.Select(c => (c.Fields.GetValueOrDefault("lesion") ?? c.Id, c.Diagnosis.Id))], seed);
        var cache = new PhotoCache(new PhotoGate(), PhotoBudget);
        var samples = new List<TrainingSample>();
        var skipped = plan.Skipped.ToList();
        var measured = new List<LesionMeasurements>();
        for (var start = 0; start < plan.Cases.Count; start += Stride)
        {
            log?.Report($"reading photos: {start} of {plan.Cases.Count}");
            var read = new (TrainingSample Sample, LesionMeasurements? Measured, string? Why)[Math.Min(Stride, plan.Cases.Count - start)];
            Parallel.For(0, read.Length, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
            {
                var row = plan.Cases[start + i];
                var facts = source.Measures ? row.Fields : new Dictionary<string, string> { ["caption"] = row.Caption(null) };
                var sample = new TrainingSample(row.Id, row.Photo, row.Diagnosis.Id, splits[start + i], facts);
                var why = cache.Add(sample, out var photo);
                read[i] = (sample, photo is not null && source.Measures ? LesionMeasurer.Measure(photo) : null, why);
            });
            for (var i = 0; i < read.Length; i++)
            {
                var (sample, values, why) = read[i];
                if (why is not null)
                {
                    skipped.Add(new SkippedCase(plan.Cases[start + i].Line, sample.ImagePath, why));
                    continue;
                }

                samples.Add(sample);
                if (values is not null) measured.Add(values);
            }
        }

        if (!samples.Any(s => s.Split == Split.Train))
        {
            throw new TrainingException(
                $"{folder} holds nothing to train on; {skipped.Count} rows were skipped{(skipped.Count > 0 ? $", the first because {skipped[0].Why}" : "")}.",
                "Check that the folder holds the table and the images, and that --format names its layout.");
        }

        var thresholds = source.Measures ? MeasuredFacts.Fit(samples.Zip(measured).Where(p => p.First.Split == Split.Train).Select(p => p.Second)) : null;
        if (thresholds is not null)
            samples = [.. samples.Zip(measured, (sample, values) => sample with { Facts = thresholds.AddTo(sample.Facts, values) })];
        return new TrainingData(samples, cache, skipped, thresholds, source.About.Name, source.About.Licence, source.About.Attribution);
    }
}
