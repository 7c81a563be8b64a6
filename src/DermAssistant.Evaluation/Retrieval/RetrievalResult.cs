namespace DermAssistant.Evaluation;

/// <summary>How good the nearest cases are at one depth.</summary>
/// <param name="K">Cases looked at.</param>
/// <param name="Recall">Share of queries with a case of their own diagnosis among the nearest <paramref name="K"/>.</param>
/// <param name="MacroRecall">The same, as a mean over the diagnoses.</param>
/// <param name="Precision">Share of the nearest <paramref name="K"/> that are of the query's diagnosis, on average.</param>
/// <param name="Recall95">Ends of the 95 % bootstrap interval of <paramref name="Recall"/>.</param>
public sealed record RetrievalAt(int K, double Recall, double MacroRecall, double Precision, double[] Recall95, double[] MacroRecall95, double[] Precision95);

/// <summary>How well nearest cases share the diagnosis of a query.</summary>
/// <param name="N">Queries.</param>
/// <param name="Library">Cases that could be found.</param>
public sealed record RetrievalResult(int N, int Library, IReadOnlyList<RetrievalAt> At);
