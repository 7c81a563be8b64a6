using DermAssistant.Ontology;

namespace DermAssistant.Agent;

// What the tools return to a chat model: facts and the ids of the evidence behind each, never prose.
// A problem (an unknown photo, a name the ontology does not hold) is a field of the result, so that a model can react to it.

/// <summary>A node of the ontology as a tool names it.</summary>
internal sealed record NodeFact(string Id, string Name, NodeLevel Level, IReadOnlyList<string> Path)
{
    public static NodeFact Of(OntologyNode node) => new(node.Id, node.Name, node.Level, node.Path);
}

/// <summary>What the gate and the modality check said of a photo.</summary>
internal sealed record PhotoFact(
    int Number,
    string File,
    int? Width,
    int? Height,
    string Modality,
    double? Sharpness,
    double? Exposure,
    IReadOnlyList<string> Warnings,
    string Evidence,
    string QualityEvidence);

internal sealed record RankedDiagnosis(string Id, string Name, IReadOnlyList<string> Path, double Probability, string Evidence);

internal sealed record VerdictFact(string? Id, string? Name, NodeLevel? Level, double Probability, bool Abstained, string Why, string Evidence);

internal sealed record PredictionSetFact(double Coverage, IReadOnlyList<NodeName> Conditions, string Evidence);

internal sealed record NodeName(string Id, string Name);

internal sealed record ProbabilityFact(double Probability, string Evidence);

internal sealed record ModelFact(string Id, string Version, string Labels, bool Calibrated, string Evidence);

/// <param name="OutsideKnowledge">Why the model cannot read the photo; then there is no differential.</param>
internal sealed record DiagnosisResult(
    PhotoFact? Photo,
    IReadOnlyList<RankedDiagnosis> Differential,
    VerdictFact? Verdict,
    PredictionSetFact? PredictionSet,
    ProbabilityFact? Malignancy,
    ModelFact? Model,
    string? OutsideKnowledge,
    string? Problem = null);

internal sealed record ConceptFact(string Id, string Name, double Score, string Source, string Evidence);

internal sealed record MeasurementFact(string Id, string Name, double Value, string Unit, string Evidence);

/// <summary>How a concept seen in the photo speaks for or against a condition of the differential, as the ontology has it.</summary>
internal sealed record ConceptSupport(string ConceptId, string ConceptName, string ConditionId, string ConditionName, ConceptWeight Weight, IReadOnlyList<string> Evidence);

/// <param name="NothingSeen">Evidence that no concept scored high enough to be named, where none did.</param>
/// <param name="NothingMeasured">Evidence that nothing was measured, where nothing was.</param>
internal sealed record ConceptsResult(
    PhotoFact? Photo,
    IReadOnlyList<ConceptFact> Concepts,
    IReadOnlyList<MeasurementFact> Measurements,
    IReadOnlyList<ConceptSupport> Support,
    string? NothingSeen,
    string? NothingMeasured,
    string? Problem = null);

internal sealed record CaseFact(
    string Id,
    string DiagnosisId,
    string DiagnosisName,
    double Similarity,
    bool NearDuplicate,
    string Caption,
    string Source,
    string Url,
    string Licence,
    string Evidence);

internal sealed record CaseCount(string Id, string Name, int Count);

/// <param name="Cases">The most similar first; without the photo's own near-duplicates.</param>
/// <param name="NothingFound">Evidence that the library holds no case to set beside the photo, where it does not.</param>
/// <param name="CounterExamples">The nearest cases whose diagnosis differs from the leading one.</param>
internal sealed record SimilarCasesResult(
    int Photo,
    IReadOnlyList<CaseFact> Cases,
    IReadOnlyList<CaseCount> Counts,
    string? CountsEvidence,
    IReadOnlyList<CaseFact> CounterExamples,
    IReadOnlyList<CaseFact> NearDuplicates,
    string? NothingFound,
    string? Problem = null);

internal sealed record HierarchyResult(
    NodeFact? Node,
    IReadOnlyList<NodeName> Siblings,
    IReadOnlyList<NodeName> Children,
    string? Evidence,
    string? NeighboursEvidence,
    string? Problem = null);

internal sealed record LinkedConcept(string Id, string Name, ConceptWeight Weight);

/// <summary>One side of a comparison.</summary>
internal sealed record ComparedCondition(
    NodeFact Node,
    Urgency? UsualUrgency,
    IReadOnlyList<LinkedConcept> OnlyHere,
    double? Probability,
    string Evidence,
    string? UrgencyEvidence,
    string? ProbabilityEvidence);

internal sealed record ComparisonResult(
    ComparedCondition? First,
    ComparedCondition? Second,
    NodeFact? Shared,
    IReadOnlyList<LinkedConcept> Both,
    string? Difference,
    string? DifferenceEvidence,
    string? SharedEvidence,
    string? FeaturesEvidence,
    string? Problem = null);

internal sealed record UrgencyReason(string Rule, string Text, IReadOnlyList<string> Evidence);

/// <param name="Evidence">For the urgency; without one, that nothing was read in the photo.</param>
/// <param name="Photo">The photo assessed, or null when only the reported signs were.</param>
/// <param name="Urgency">Null when there is nothing to judge by: nothing was read in the photo and nothing was reported.</param>
/// <param name="Meaning">What the urgency asks of the person.</param>
/// <param name="Reported">Ids of the signs the user reported that were taken into account.</param>
/// <param name="Ask">Short questions about signs a photo cannot show.</param>
internal sealed record UrgencyResult(
    int? Photo,
    Urgency? Urgency,
    string? Meaning,
    IReadOnlyList<UrgencyReason> Reasons,
    IReadOnlyList<string> Reported,
    IReadOnlyList<string> Ask,
    string? Evidence,
    string? Problem = null)
{
    /// <summary>What could still raise it: rules met in part, and what to watch for. Without an urgency, why there is none comes first.</summary>
    public IReadOnlyList<UrgencyReason> Open { get; init; } = [];

    /// <summary>What to do in the emergencies whose warning signs are there.</summary>
    public IReadOnlyList<UrgencyReason> Actions { get; init; } = [];
}

/// <param name="Probability">The condition's calibrated probability in the photo's differential, where there is one.</param>
/// <param name="InModel">Whether the photo's model can name the condition at all; null without a photo.</param>
/// <param name="PartOf">The diagnosis of the differential that stands for this condition among others, or null.</param>
/// <param name="Members">For a node above the conditions: the diagnoses of the differential below it.</param>
/// <param name="Similar">Names near a name that was not found.</param>
internal sealed record ConditionResult(
    NodeFact? Node,
    string? PlainName,
    IReadOnlyList<string> Synonyms,
    IReadOnlyList<LinkedConcept> Concepts,
    IReadOnlyList<NodeName> LookAlikes,
    IReadOnlyList<ConditionFlag> Flags,
    Urgency? UsualUrgency,
    bool Reviewed,
    string? Evidence,
    string? NamesEvidence,
    string? NatureEvidence,
    string? ConceptsEvidence,
    string? LookAlikesEvidence,
    string? UrgencyEvidence,
    double? Probability,
    string? ProbabilityEvidence,
    bool? InModel,
    RankedDiagnosis? PartOf,
    IReadOnlyList<RankedDiagnosis> Members,
    IReadOnlyList<string> Similar,
    string? Problem = null);
