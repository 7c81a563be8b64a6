using DermAssistant.DermLip;
using DermAssistant.Ontology;

namespace DermAssistant.Cases;

/// <summary>Finds cases for a photo or a text.</summary>
/// <remarks>
/// Safe for concurrent use. Filters are decided by the library; a diagnosis in a filter may be any id, name or synonym the ontology
/// knows, an inner node included.
/// </remarks>
public sealed class CaseSearch
{
    private readonly ICaseLibrary _library;
    private readonly ITextEncoder _text;
    private readonly string _packId;
    private readonly OntologyGraph _ontology;

    /// <exception cref="CaseStoreException">The library holds embeddings of another pack.</exception>
    public CaseSearch(ICaseLibrary library, ModelPack pack, OntologyGraph ontology)
    {
        _library = library;
        _text = pack.Text;
        _packId = pack.Manifest.Id;
        _ontology = ontology;
        if (library.PackId != _packId)
            throw new CaseStoreException($"The case library holds embeddings of the model pack {library.PackId}; the pack in use is {_packId}.",
                $"Import the cases again with {_packId} (`derm cases import`), or use the pack {library.PackId} (`derm models use`).");
    }

    /// <summary>The library that is searched.</summary>
    public ICaseLibrary Library => _library;

    /// <summary>The cases most similar to a photo, and cases of other diagnoses that look like it.</summary>
    /// <param name="embedding">The reading's image embedding.</param>
    /// <param name="leadingDiagnosis">Node id the reading leads with; null stands for the diagnosis of the most similar case.</param>
    /// <param name="counterExamples">How many counter-examples at most, each of another diagnosis; 0 for none.</param>
    public async Task<SimilarCases> FindSimilarAsync(
        ReadOnlyMemory<float> embedding,
        string? leadingDiagnosis,
        int top = 5,
        int counterExamples = 3,
        IReadOnlyList<CaseFilter>? filters = null,
        CancellationToken cancellationToken = default)
    {
        var resolved = Resolve(filters);
        var similar = await _library.SearchAsync(new CaseQuery(embedding, top, resolved, _packId), cancellationToken);

        var counter = new List<CaseMatch>();
        var excluded = new List<CaseFilter>(resolved);
        var next = leadingDiagnosis ?? (similar.Count > 0 ? similar[0].Case.DiagnosisId : null);
        // One search a diagnosis: every found counter-example rules its own diagnosis out for the next.
        while (next is not null && counter.Count < counterExamples)
        {
            excluded.Add(new CaseFilter("diagnosis", next, Negated: true));
            var found = await _library.SearchAsync(new CaseQuery(embedding, 1, excluded, _packId), cancellationToken);
            if (found.Count == 0) break;
            counter.Add(found[0]);
            next = found[0].Case.DiagnosisId;
        }
        return new SimilarCases(similar, counter);
    }

    /// <summary>The cases a text describes best, through the pack's text encoder.</summary>
    /// <remarks>The similarity is the cosine of a text and an image, which is lower than that of two images; no case is a near duplicate of a text.</remarks>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public async Task<IReadOnlyList<CaseMatch>> SearchTextAsync(
        string text,
        int top = 5,
        IReadOnlyList<CaseFilter>? filters = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var embedding = _text.Encode([text]);
        var found = await _library.SearchAsync(new CaseQuery(embedding, top, Resolve(filters), _packId), cancellationToken);
        return [.. found.Select(match => match with { NearDuplicate = false })];
    }

    private List<CaseFilter> Resolve(IReadOnlyList<CaseFilter>? filters) => [.. (filters ?? []).Select(Resolve)];

    private CaseFilter Resolve(CaseFilter filter)
    {
        if (!filter.Field.Equals("diagnosis", StringComparison.OrdinalIgnoreCase)) return filter;
        var node = _ontology.Find(filter.Value)
            ?? throw new CaseFilterException($"The ontology knows no \"{filter.Value}\" to filter on.", "`derm ontology search` finds names; an id, a name or a synonym will do.");
        return filter with { Value = node.Id };
    }
}
