using System.Numerics.Tensors;
using DermAssistant.DermLip;
using DermAssistant.Ontology;

namespace DermAssistant.Cases;

/// <summary>How many cases have a value of a field.</summary>
public sealed record FieldCount(string Value, int Count);

/// <summary>What is in a library.</summary>
/// <param name="Diagnoses">Cases per diagnosis (node name), the most frequent first.</param>
/// <param name="Fields">The fields that can be filtered on with their values, the most frequent first; at most 50 values a field.</param>
public sealed record CaseStatistics(
    LibraryManifest Manifest,
    IReadOnlyList<FieldCount> Diagnoses,
    IReadOnlyDictionary<string, IReadOnlyList<FieldCount>> Fields);

/// <summary>A case library in a folder, held in memory: exact nearest neighbours by a scan over all embeddings.</summary>
/// <remarks>
/// Immutable after opening and safe for concurrent use; a folder that is replaced meanwhile does not disturb an open library. A scan
/// is exact at any size; it takes well under a millisecond for thousands of cases and tens of milliseconds for hundreds of thousands.
/// </remarks>
public sealed class EmbeddedCaseLibrary : ICaseLibrary
{
    private readonly LibraryContent _content;
    private readonly Lazy<FieldColumns> _columns;
    private readonly Lazy<Dictionary<string, int>> _rows;

    internal EmbeddedCaseLibrary(LibraryContent content)
    {
        _content = content;
        _columns = new(() => new FieldColumns(content.Cases));
        _rows = new(() => content.Cases.Select((record, row) => (record.Id, row)).ToDictionary(pair => pair.Id, pair => pair.row, StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public string PackId => Manifest.Pack.Id;

    /// <summary>The library's description of itself.</summary>
    public LibraryManifest Manifest => _content.Manifest;

    /// <summary>All cases, in ordinal order of their ids.</summary>
    public IReadOnlyList<CaseRecord> Cases => _content.Cases;

    internal EmbeddingRows Embeddings => _content.Embeddings;

    /// <summary>Opens the library in a folder, checking the hashes of its files.</summary>
    /// <param name="pack">The pack that will make the queries; where given, id and version must be the library's.</param>
    /// <exception cref="CaseStoreException">There is no library, it is damaged, or it belongs to another pack.</exception>
    public static EmbeddedCaseLibrary Open(string directory, PackManifest? pack = null)
    {
        var content = LibraryFolder.Read(directory);
        if (pack is not null) CheckPack(directory, content.Manifest, pack);
        return new EmbeddedCaseLibrary(content);
    }

    /// <summary>The faults of the library in a folder, each a sentence; empty when there are none.</summary>
    /// <param name="ontology">Where given, every diagnosis must be a node of it.</param>
    /// <param name="pack">Where given, the library must belong to it.</param>
    public static IReadOnlyList<string> Verify(string directory, OntologyGraph? ontology = null, PackManifest? pack = null)
    {
        LibraryContent content;
        try
        {
            content = LibraryFolder.Read(directory);
            if (pack is not null) CheckPack(directory, content.Manifest, pack);
        }
        catch (CaseStoreException failure)
        {
            return [failure.Message];
        }

        var faults = new List<string>();
        var known = ontology?.Nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        var sources = content.Manifest.Sources.Select(source => source.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var record in content.Cases)
        {
            if (known is not null && !known.ContainsKey(record.DiagnosisId)) faults.Add($"{record.Id}: the diagnosis {record.DiagnosisId} is not in the ontology.");
            else if (known is not null && known[record.DiagnosisId].Name != record.DiagnosisName) faults.Add($"{record.Id}: the ontology calls {record.DiagnosisId} \"{known[record.DiagnosisId].Name}\", not \"{record.DiagnosisName}\".");
            if (record.Licence.Length == 0) faults.Add($"{record.Id}: there is no licence.");
            if (!sources.Contains(record.Source)) faults.Add($"{record.Id}: {LibraryManifest.FileName} does not name the source \"{record.Source}\".");
        }
        return faults;
    }

    /// <summary>Removes cases from the library in a folder: all of them, or none where one is unknown.</summary>
    /// <returns>The library as it is now.</returns>
    /// <exception cref="CaseStoreException">An id is not in the library, or the folder cannot be read or written.</exception>
    public static EmbeddedCaseLibrary Remove(string directory, IReadOnlyCollection<string> ids)
    {
        var library = Open(directory);
        var unknown = ids.Where(id => !library._rows.Value.ContainsKey(id)).ToList();
        if (unknown.Count > 0)
            throw new CaseStoreException($"The case library in {directory} has no case {string.Join(", ", unknown.Take(5))}{(unknown.Count > 5 ? ", …" : "")}; nothing was removed.",
                "Ids are compared exactly; `derm cases search` shows them.") { IsBadInput = true };

        var gone = ids.ToHashSet(StringComparer.Ordinal);
        var kept = library.Stored().Where(entry => !gone.Contains(entry.Record.Id)).ToList();
        var manifest = library.Manifest;
        LibraryWriter.Write(directory, manifest.Pack, manifest.Dimension, kept, manifest.Sources, manifest.NearDuplicate);
        return Open(directory);
    }

    /// <inheritdoc/>
    public Task<int> CountAsync(CancellationToken cancellationToken = default) => Task.FromResult(Cases.Count);

    /// <inheritdoc/>
    public Task<CaseRecord?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        Task.FromResult(_rows.Value.TryGetValue(id, out var row) ? Cases[row] : null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CaseMatch>> SearchAsync(CaseQuery query, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Top, 1);
        if (query.PackId is { } packId && packId != PackId)
            throw new CaseStoreException($"The case library holds embeddings of the model pack {PackId}; the query was made with {packId}.",
                $"Use {PackId}, or import the cases again with {packId}.");
        var unit = Unit(query.Embedding.Span);
        var found = Embeddings.Nearest(unit, query.Top, _columns.Value.Admit(query.Filters), cancellationToken);
        return Task.FromResult<IReadOnlyList<CaseMatch>>(
            [.. found.Select(match => new CaseMatch(Cases[match.Row], match.Similarity, match.Similarity >= Manifest.NearDuplicate))]);
    }

    /// <summary>Counts what is in the library.</summary>
    public CaseStatistics Statistics()
    {
        const int mostValues = 50;
        var names = Cases.CountBy(record => record.DiagnosisName)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new FieldCount(pair.Key, pair.Value)).ToList();
        var fields = _columns.Value.Names.Where(field => field != "id").ToDictionary(
            field => field,
            IReadOnlyList<FieldCount> (field) => [.. _columns.Value.Counts(field).Take(mostValues).Select(pair => new FieldCount(pair.Value, pair.Count))]);
        return new CaseStatistics(Manifest, names, fields);
    }

    /// <summary>The cases that pass a filter, with their embeddings as stored, in ordinal order of their ids.</summary>
    internal IEnumerable<EmbeddedCase> Stored(CaseFilter? filter = null)
    {
        var admitted = filter is null ? null : _columns.Value.Admit([filter]);
        return Cases.Select((record, row) => (record, row)).Where(pair => admitted?[pair.row] ?? true)
            .Select(pair => new EmbeddedCase(pair.record, Embeddings.Row(pair.row).ToArray()));
    }

    private static void CheckPack(string directory, LibraryManifest library, PackManifest pack)
    {
        if (library.Pack.Id == pack.Id && library.Pack.Version == pack.Version) return;
        throw new CaseStoreException(
            $"The case library in {directory} was made with the model pack {library.Pack.Id} {library.Pack.Version}; the pack in use is {pack.Id} {pack.Version}, and embeddings of different packs do not compare.",
            $"Import the cases again with {pack.Id} (`derm cases import`), or use the pack {library.Pack.Id} (`derm models use`).");
    }

    private float[] Unit(ReadOnlySpan<float> embedding)
    {
        if (embedding.Length != Manifest.Dimension)
            throw new ArgumentException($"The query embedding has {embedding.Length} numbers; those of the case library have {Manifest.Dimension}.", nameof(embedding));
        var length = TensorPrimitives.Norm(embedding);
        if (!(length > 0 && float.IsFinite(length)))
            throw new ArgumentException("The query embedding has no direction: it is zero or not a number.", nameof(embedding));
        var unit = new float[embedding.Length];
        TensorPrimitives.Divide(embedding, length, unit);
        return unit;
    }
}
