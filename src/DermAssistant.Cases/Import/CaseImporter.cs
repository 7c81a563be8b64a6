using DermAssistant.DermLip;
using DermAssistant.Imaging;
using DermAssistant.Ontology;

namespace DermAssistant.Cases;

/// <summary>Makes case libraries from data sets: every photo is embedded and forgotten, what is kept has no pixels.</summary>
/// <remarks>
/// An existing library is not touched until everything is ready, and then replaced at one stroke; what kills an import leaves it as it
/// was. Embedded photos are noted in a journal beside the library, so that the same import, started again, goes on where it stopped.
/// The same data, pack and ontology give the same bytes. One import at a time and folder.
/// </remarks>
public sealed class CaseImporter(ModelPack pack, OntologyGraph ontology, PhotoGate? gate = null, TimeProvider? time = null)
{
    private readonly PhotoBatchEncoder _encoder = new(pack, gate ?? new PhotoGate());
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>The formats <see cref="ImportAsync"/> knows.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["ham10000", "derm1m"];

    /// <summary>Imports a data set of a named format.</summary>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <exception cref="ArgumentException">The format is unknown.</exception>
    /// <exception cref="TableException">A table of the data set is missing or malformed.</exception>
    /// <exception cref="CaseStoreException">The library cannot be read or written, or belongs to another pack.</exception>
    public Task<CaseImportReport> ImportAsync(
        string format, string source, string library, CaseImportOptions? options = null, IProgress<CaseImportProgress>? progress = null, CancellationToken cancellationToken = default) =>
        format.ToLowerInvariant() switch
        {
            "ham10000" => ImportHam10000Async(source, library, options, progress, cancellationToken),
            "derm1m" => ImportDerm1MAsync(source, library, options, progress, cancellationToken),
            _ => throw new ArgumentException($"There is no import format \"{format}\"; the formats are: {string.Join(", ", Formats)}.", nameof(format)),
        };

    /// <summary>Imports a folder with <c>metadata.csv</c> (image_id, dx, …) and <c>images/</c> in the layout of HAM10000. Captions are composed from metadata and pixels.</summary>
    /// <inheritdoc cref="ImportAsync"/>
    public Task<CaseImportReport> ImportHam10000Async(
        string source, string library, CaseImportOptions? options = null, IProgress<CaseImportProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RunAsync(new Ham10000Source(source, ontology, WithSplits(options ?? new())), library, options ?? new(), progress, cancellationToken);

    /// <summary>Imports a Derm1M table (or a folder with such tables) and its images. Captions are taken from the table.</summary>
    /// <inheritdoc cref="ImportAsync"/>
    public Task<CaseImportReport> ImportDerm1MAsync(
        string source, string library, CaseImportOptions? options = null, IProgress<CaseImportProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RunAsync(new Derm1MSource(source, ontology, options ?? new()), library, options ?? new(), progress, cancellationToken);

    private CaseImportOptions WithSplits(CaseImportOptions options) =>
        options.Splits is null ? options with { Splits = PackSplits.Read(pack.Directory) } : options;

    // Embedding is work for the processor, not waiting: the caller's thread stays free.
    private Task<CaseImportReport> RunAsync(ICaseSource source, string library, CaseImportOptions options, IProgress<CaseImportProgress>? progress, CancellationToken cancellationToken) =>
        Task.Run(() => Run(source, library, options, progress, cancellationToken), cancellationToken);

    private CaseImportReport Run(ICaseSource source, string library, CaseImportOptions options, IProgress<CaseImportProgress>? progress, CancellationToken cancellationToken)
    {
        // Before the long part: what would refuse the result at the end refuses the import now.
        var existing = options.Replace || !File.Exists(Path.Combine(library, LibraryManifest.FileName)) ? null : EmbeddedCaseLibrary.Open(library, pack.Manifest);
        var plan = source.Plan(cancellationToken);
        var (imported, refused, resumed) = Embed(source, plan, library, progress, cancellationToken);
        var skipped = plan.Skipped.Concat(refused).OrderBy(row => row.Line).ToList();
        if (imported.Count == 0)
        {
            ImportJournal.Delete(library);
            throw new TableException($"No row of {source.About.Name} became a case; {skipped.Count} were skipped{(skipped.Count > 0 ? $", the first because: {skipped[0].Why}" : "")}.",
                "Check that the folder holds the images and that the diagnoses are ones the ontology knows.");
        }

        var merged = imported.ToDictionary(entry => entry.Record.Id, StringComparer.Ordinal);
        foreach (var entry in existing?.Stored() ?? []) merged.TryAdd(entry.Record.Id, entry);
        var sources = (existing?.Manifest.Sources ?? []).Where(known => known.Name != source.About.Name).Append(source.About).OrderBy(known => known.Name, StringComparer.Ordinal).ToList();
        var manifest = Write(library, [.. merged.Values], sources, cancellationToken);
        ImportJournal.Delete(library);
        return new CaseImportReport(imported.Count, resumed, skipped, manifest);
    }

    private LibraryManifest Write(string library, List<EmbeddedCase> cases, List<LibrarySource> sources, CancellationToken cancellationToken)
    {
        var dimension = pack.Image.Dimension;
        var ordered = cases.OrderBy(entry => entry.Record.Id, StringComparer.Ordinal).ToList();
        var numbers = new Half[ordered.Count * dimension];
        for (var row = 0; row < ordered.Count; row++) ordered[row].Embedding.CopyTo(numbers, row * dimension);
        var threshold = NearDuplicates.Threshold(new EmbeddingRows(numbers, dimension), cancellationToken);
        return LibraryWriter.Write(library, new LibraryPack(pack.Manifest.Id, pack.Manifest.Version), dimension, ordered, sources, threshold);
    }

    private (List<EmbeddedCase> Imported, List<SkippedCase> Refused, int Resumed) Embed(
        ICaseSource source, ImportPlan plan, string library, IProgress<CaseImportProgress>? progress, CancellationToken cancellationToken)
    {
        var fingerprint = $"{pack.Manifest.Id} {pack.Manifest.Version} {ontology.Version} {source.Fingerprint}";
        using var journal = ImportJournal.Open(library, fingerprint, pack.Image.Dimension);
        var planned = plan.Cases.ToDictionary(row => row.Id, StringComparer.Ordinal);
        var imported = journal.Cases.Where(entry => planned.ContainsKey(entry.Record.Id)).ToList();
        var resumed = imported.Count;
        var known = imported.Select(entry => entry.Record.Id).ToHashSet(StringComparer.Ordinal);
        var remaining = plan.Cases.Where(row => !known.Contains(row.Id)).ToList();

        var refused = new List<SkippedCase>();
        var begun = _time.GetTimestamp();
        var done = 0;
        progress?.Report(new CaseImportProgress(resumed, plan.Cases.Count, null));
        foreach (var (row, photo) in remaining.Zip(_encoder.Encode(remaining.Select(row => row.Photo), source.Measures, cancellationToken)))
        {
            if (photo.Embedding is null)
            {
                refused.Add(new SkippedCase(row.Line, row.Photo, string.Join(" ", photo.Report.Reasons)));
            }
            else
            {
                var entry = new EmbeddedCase(ToRecord(row, source, photo.Measurements), Array.ConvertAll(photo.Embedding, number => (Half)number));
                journal.Add(entry);
                imported.Add(entry);
            }

            done++;
            if (done % PhotoBatchEncoder.BatchSize != 0 && done != remaining.Count) continue;
            journal.Flush();
            progress?.Report(new CaseImportProgress(resumed + done, plan.Cases.Count, _time.GetElapsedTime(begun) / done * (remaining.Count - done)));
        }
        return (imported, refused, resumed);
    }

    private static CaseRecord ToRecord(PlannedCase row, ICaseSource source, LesionMeasurements? measurements) =>
        new(row.Id, row.Diagnosis.Id, row.Diagnosis.Name, row.Caption(measurements), source.About.Name, row.Url, source.About.Licence, row.Fields);
}
