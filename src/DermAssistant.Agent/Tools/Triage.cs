using System.Text.Json.Nodes;
using DermAssistant.Diagnosis;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>Urgency by rule for a photo and the signs the user reported.</summary>
internal sealed class Triage
{
    /// <summary>Ids of the signs a text reports.</summary>
    public IReadOnlyList<string> SignsIn(string text) => [];

    /// <summary>A short question about a sign a photo cannot show and the user has not spoken of, or null.</summary>
    public string? NextQuestion(ConversationPhoto photo, IReadOnlyList<string> signs) => null;

    /// <summary>How soon, and by which rules; the result's urgency is null when there is nothing to judge by.</summary>
    public UrgencyResult Assess(ConversationPhoto? photo, IReadOnlyList<string> signs, EvidenceLedger ledger)
    {
        if (photo is null || photo.Reading.Differential.Count == 0) return new(photo?.Number, null, [], signs, [], null);
        var assessment = photo.Reading.Triage;
        var own = new PhotoEvidence(photo, ledger);
        var reasons = assessment.Reasons.Select(r => new UrgencyReason(r.Rule, r.Text, own.Own(r.Evidence))).ToList();
        var evidence = ledger.Add(
            EvidenceKind.Triage,
            $"urgency {photo.Number}",
            $"Urgency by rule: {Words.Of(assessment.Urgency)}.",
            new JsonObject
            {
                ["urgency"] = assessment.Urgency.ToString(),
                ["rules"] = new JsonArray([.. reasons.Select(r => (JsonNode)r.Rule)]),
                ["reasons"] = new JsonArray([.. reasons.Select(r => (JsonNode)r.Text)]),
                ["photo"] = photo.Number,
            });
        return new(photo.Number, assessment.Urgency, reasons, signs, [], evidence);
    }
}
