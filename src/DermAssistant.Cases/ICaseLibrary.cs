namespace DermAssistant.Cases;

/// <summary>A searchable collection of cases: the embedded index by default, or Qdrant.</summary>
/// <remarks>Implementations are safe for concurrent use. A store that cannot be reached throws <see cref="CaseStoreException"/>.</remarks>
public interface ICaseLibrary
{
    /// <summary>The pack whose embeddings the library holds; a query of another pack is refused.</summary>
    string PackId { get; }

    /// <summary>How many cases there are.</summary>
    Task<int> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>The nearest cases, most similar first; ties by id, so that the same query gives the same list.</summary>
    Task<IReadOnlyList<CaseMatch>> SearchAsync(CaseQuery query, CancellationToken cancellationToken = default);

    /// <summary>The case with this id, or null.</summary>
    Task<CaseRecord?> FindAsync(string id, CancellationToken cancellationToken = default);
}

/// <summary>A case store is missing, damaged or cannot be reached.</summary>
public sealed class CaseStoreException(string message, string hint, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the user can do.</summary>
    public string Hint { get; } = hint;
}
