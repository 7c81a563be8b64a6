namespace DermAssistant.Cases;

/// <summary>A captioned image of the case library, without its pixels.</summary>
/// <param name="DiagnosisId">Ontology node id.</param>
/// <param name="DiagnosisName">The node's name.</param>
/// <param name="Caption">Data to show, never an instruction: it may come from outside.</param>
/// <param name="Url">Where the image can be seen, or empty where no address is known.</param>
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
/// <param name="NearDuplicate">The case is the query photo itself, or as good as: the similarity passes the library's stated threshold.</param>
public sealed record CaseMatch(CaseRecord Case, double Similarity, bool NearDuplicate);

/// <summary>An equality filter on a case's field; several are combined with "and".</summary>
/// <param name="Field"><c>id</c>, <c>source</c>, <c>diagnosis</c> or one of the library's own fields.</param>
/// <param name="Value">
/// Compared without regard to case. For <c>diagnosis</c> a node's id or name, and every case below that node matches;
/// for <c>age</c> a number of years, a band such as <c>50-59</c>, or <c>60+</c>.
/// </param>
/// <param name="Negated">Keeps the cases the filter would drop.</param>
public sealed record CaseFilter(string Field, string Value, bool Negated = false);

/// <summary>A search by embedding (of a photo or a text of the same pack).</summary>
/// <param name="Embedding">One embedding, as long as the library's; it need not be of unit length.</param>
/// <param name="Top">How many cases at most, 1 or more.</param>
/// <param name="PackId">The pack that made the embedding; where given, a library of another pack refuses the query.</param>
public sealed record CaseQuery(
    ReadOnlyMemory<float> Embedding,
    int Top = 5,
    IReadOnlyList<CaseFilter>? Filters = null,
    string? PackId = null);
