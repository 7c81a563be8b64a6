using DermAssistant.Imaging;
using DermAssistant.Ontology;

namespace DermAssistant.Diagnosis;

/// <summary>The kind of picture an encoder sees, decided from its embedding and pixels.</summary>
public enum Modality
{
    Dermoscopic,
    Clinical,
    Other,
}

/// <summary>The photo's part of a reading: the gate's report and the modality.</summary>
public sealed record ReadingPhoto(GateReport Gate, Modality Modality);

/// <summary>The model pack a reading was made with.</summary>
/// <param name="Labels">What the differential runs over, in words, for example "the 7 HAM10000 diagnoses".</param>
public sealed record ReadingModel(string Id, string Version, string Labels, bool Calibrated);

/// <summary>One ranked condition.</summary>
/// <param name="Path">Names from category to condition.</param>
/// <param name="Probability">Calibrated, 0..1; the entries of a differential sum to 1 over all labels of the pack.</param>
public sealed record DifferentialEntry(string Id, string Name, IReadOnlyList<string> Path, double Probability);

/// <summary>The conformal prediction set: the truth is among these in <paramref name="Coverage"/> of photos like those calibrated on.</summary>
public sealed record PredictionSet(double Coverage, IReadOnlyList<string> Conditions);

/// <summary>The deepest node the calibrated evidence supports.</summary>
/// <param name="Id">Null when there is not enough evidence.</param>
/// <param name="Level">Null when there is not enough evidence.</param>
public sealed record Verdict(string? Id, string? Name, NodeLevel? Level, double Probability, bool Abstained, string Why);

/// <summary>Where a concept's score comes from.</summary>
public enum ConceptSource
{
    Encoder,
    Measured,
}

/// <summary>How strongly a concept is present, 0..1.</summary>
/// <param name="Auroc">The detector's measured area under the ROC curve, or null where it was not measured.</param>
public sealed record ConceptScore(string Id, string Name, double Score, ConceptSource Source, double? Auroc = null);

/// <summary>One triage rule that fired.</summary>
/// <param name="Rule">Id of the rule in <c>ontology/</c>.</param>
/// <param name="Evidence">Ids of the evidence it fired on.</param>
/// <param name="Reviewed">Whether a clinician has reviewed the rule.</param>
public sealed record TriageReason(string Rule, string Text, IReadOnlyList<string> Evidence, bool Reviewed = false);

/// <summary>How soon, and by which rules.</summary>
/// <param name="Urgency">Null for a photo that was not read: it says nothing about the urgency.</param>
public sealed record TriageAssessment(Urgency? Urgency, IReadOnlyList<TriageReason> Reasons)
{
    /// <summary>More urgent rules that what was reported meets in part, the nearest to being met first; none of them is denied.</summary>
    public IReadOnlyList<TriageReason> Open { get; init; } = [];
}

/// <summary>Everything established about one photo, computed once.</summary>
/// <param name="OutsideKnowledge">Why the pack cannot read this photo (out of domain), or null when it can; then there is no differential.</param>
/// <param name="Embedding">The L2-normalised image embedding, for retrieval; empty when the photo was refused.</param>
public sealed record Reading(
    ReadingPhoto Photo,
    ReadingModel Model,
    IReadOnlyList<DifferentialEntry> Differential,
    PredictionSet? PredictionSet,
    Verdict Verdict,
    double? MalignancyProbability,
    IReadOnlyList<ConceptScore> Concepts,
    IReadOnlyList<Measurement> Measurements,
    TriageAssessment Triage,
    IReadOnlyList<Evidence> Evidence,
    string? OutsideKnowledge,
    ReadOnlyMemory<float> Embedding);
