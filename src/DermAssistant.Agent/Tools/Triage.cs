using DermAssistant.Diagnosis;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>Urgency by rule for a photo and the signs the user reported.</summary>
internal sealed class Triage(OntologyGraph ontology)
{
    public OntologyGraph Ontology { get; } = ontology;

    public UrgencyResult Assess(ConversationPhoto? photo, IReadOnlyList<string> signs, EvidenceLedger ledger)
    {
        var assessment = photo!.Reading.Triage;
        var evidence = new PhotoEvidence(photo, ledger);
        return new(photo.Number, assessment.Urgency, [.. assessment.Reasons.Select(r => new UrgencyReason(r.Rule, r.Text, evidence.Own(r.Evidence)))], signs, [], null);
    }
}
