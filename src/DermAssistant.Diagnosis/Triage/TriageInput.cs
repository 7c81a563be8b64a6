using DermAssistant.Ontology;

namespace DermAssistant.Diagnosis;

/// <summary>What triage is judged on.</summary>
/// <remarks>
/// Measurements are not among it: no threshold for asymmetry, border or colours taken from pixels has a source. They reach triage
/// only as concepts.
/// </remarks>
public sealed record TriageInput
{
    /// <summary>The kind of photo; it decides whose concepts may score in which checklist.</summary>
    public Modality Modality { get; init; } = Modality.Other;

    public IReadOnlyList<DifferentialEntry> Differential { get; init; } = [];

    /// <summary>Mass of malignant and in-situ conditions, 0..1, or null without a differential.</summary>
    public double? MalignancyProbability { get; init; }

    public IReadOnlyList<ConceptScore> Concepts { get; init; } = [];

    /// <summary>What the reasons cite: the evidence of the entries, the malignancy mass and the concepts, where it is written.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>What the user reported or denied, from <see cref="ReportedSigns"/>.</summary>
    public IReadOnlyList<ReportedSign> Signs { get; init; } = [];

    /// <summary>A reading, with what the user reported.</summary>
    public static TriageInput Of(Reading reading, IReadOnlyList<ReportedSign> signs)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return new TriageInput
        {
            Modality = reading.Photo.Modality,
            Differential = reading.Differential,
            MalignancyProbability = reading.MalignancyProbability,
            Concepts = reading.Concepts,
            Evidence = reading.Evidence,
            Signs = signs,
        };
    }
}
