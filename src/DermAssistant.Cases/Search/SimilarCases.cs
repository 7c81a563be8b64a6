namespace DermAssistant.Cases;

/// <summary>The cases a reading is shown beside.</summary>
/// <param name="Similar">The nearest cases, most similar first; the query photo itself is among them, marked, where the library holds it.</param>
/// <param name="CounterExamples">The nearest case of each of the next diagnoses: what looks alike and is something else; most similar first.</param>
public sealed record SimilarCases(IReadOnlyList<CaseMatch> Similar, IReadOnlyList<CaseMatch> CounterExamples);
