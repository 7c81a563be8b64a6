namespace DermAssistant.Cases;

/// <summary>A captioned image of the case library, without its pixels.</summary>
/// <param name="DiagnosisId">Ontology node id.</param>
/// <param name="DiagnosisName">The node's name.</param>
/// <param name="Fields">What can be filtered on: for example <c>site</c>, <c>sex</c>, <c>age</c>, <c>confirmation</c>, <c>split</c>.</param>
public sealed record CaseRecord(
    string Id,
    string DiagnosisId,
    string DiagnosisName,
    string Caption,
    string Source,
    string Url,
    string Licence,
    IReadOnlyDictionary<string, string> Fields);

/// <summary>A case that resembles the query.</summary>
/// <param name="Similarity">Cosine of the embeddings, -1..1.</param>
/// <param name="NearDuplicate">The case is the query photo itself, or as good as.</param>
public sealed record CaseMatch(CaseRecord Case, double Similarity, bool NearDuplicate);

/// <summary>An equality filter on a case's field; several are combined with "and".</summary>
public sealed record CaseFilter(string Field, string Value);

/// <summary>A search by embedding (of a photo or a text of the same pack).</summary>
public sealed record CaseQuery(ReadOnlyMemory<float> Embedding, int Top = 5, IReadOnlyList<CaseFilter>? Filters = null);
