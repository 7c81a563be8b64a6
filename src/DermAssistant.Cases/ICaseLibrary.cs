namespace DermAssistant.Cases;

/// <summary>A searchable collection of cases.</summary>
/// <remarks>
/// The seam between the product and the store: <see cref="EmbeddedCaseLibrary"/> by default; a vector database such as
/// Qdrant takes its place by implementing these members and being registered instead. What every implementation keeps to:
/// similarities are cosines and exact (no approximate neighbours); ties come in ordinal order of the ids; filters mean what
/// <see cref="CaseFilter"/> says, a filter on <c>diagnosis</c> includes everything below the node, and a field no case has is
/// an error that names the fields there are (<see cref="CaseFilterException"/>), never an empty answer; near duplicates are flagged at the
/// threshold the library was made with. Implementations are safe for concurrent use. A store that is missing, damaged or
/// cannot be reached throws <see cref="CaseStoreException"/>.
/// </remarks>
public interface ICaseLibrary
{
    /// <summary>The pack whose embeddings the library holds; a query of another pack is refused.</summary>
    string PackId { get; }

    /// <summary>How many cases there are.</summary>
    Task<int> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>The nearest cases, most similar first; ties by id, so that the same query gives the same list.</summary>
    /// <exception cref="CaseFilterException">A filter names an unknown field or has a value that cannot be read.</exception>
    /// <exception cref="ArgumentException">The embedding has another length than the library's, or no direction (zero, NaN).</exception>
    Task<IReadOnlyList<CaseMatch>> SearchAsync(CaseQuery query, CancellationToken cancellationToken = default);

    /// <summary>The case with this id, or null.</summary>
    Task<CaseRecord?> FindAsync(string id, CancellationToken cancellationToken = default);
}

/// <summary>A case store is missing, damaged or cannot be reached.</summary>
public sealed class CaseStoreException(string message, string hint, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the user can do.</summary>
    public string Hint { get; } = hint;

    /// <summary>The store is in order; what was asked of it is not.</summary>
    public bool IsBadInput { get; init; }
}
