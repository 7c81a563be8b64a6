using System.Text.Json.Nodes;
using DermAssistant.Diagnosis;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>Adds what differs on brown and black skin where a question or its answer speaks of redness or of an emergency. It only adds: no urgency, score or sentence changes.</summary>
internal sealed class SkinToneNotes(AgentRoom room, TurnIntake intake, EvidenceLedger ledger)
{
    private const string Unreviewed = " (not clinically reviewed)";

    /// <summary>The sentences to add; none where the skin is not known to be brown or black or nothing in the answer looks different on it.</summary>
    /// <param name="claims">The answer so far.</param>
    /// <param name="asks">The question the answer ends with, or null.</param>
    /// <param name="rules">Ids of the triage rules that fired.</param>
    /// <param name="nodes">Ids of the conditions looked up.</param>
    public IReadOnlyList<DraftSentence> For(
        IReadOnlyList<Claim> claims, string? asks, IEnumerable<string> rules, IReadOnlyCollection<string> nodes, IReadOnlyList<ConversationPhoto> spoken, int paragraph)
    {
        var asked = room.SkinTones.Asks(intake.Question);
        var measured = intake.SkinTone is null && !asked ? spoken.Select(photo => (Photo: photo, Tone: room.SkinTones.Measured(photo.Reading))).FirstOrDefault(found => found.Tone is not null) : default;
        if (!asked && intake.SkinTone != SaidSkinTone.Dark && measured.Tone is null) return [];

        var emergencies = Emergencies(rules, nodes);
        var redness = asked || emergencies.Count > 0 || claims.Select(claim => claim.Text).Append(asks).Append(intake.Question).OfType<string>().Any(room.SkinTones.SpeaksOfRedness);
        var draft = new DraftWriter();
        if (redness)
        {
            if (measured.Tone is { } tone) Measured(draft, measured.Photo, tone.Angle, tone.Class);
            Redness(draft);
        }

        foreach (var emergency in emergencies)
            if (emergency.SkinToneNote is { } note) Note(draft, emergency, note);
        return [.. Draft.Read(draft.ToString()).Select(sentence => sentence with { Paragraph = sentence.Paragraph + paragraph })];
    }

    private List<EmergencyFacts> Emergencies(IEnumerable<string> rules, IReadOnlyCollection<string> nodes)
    {
        var triage = room.Ontology.Triage;
        var fired = rules.ToHashSet(StringComparer.Ordinal);
        var named = triage.Rules.Where(rule => rule.Emergency is not null && fired.Contains(rule.Id)).Select(rule => rule.Emergency!).ToHashSet(StringComparer.Ordinal);
        return [.. triage.Emergencies.Where(emergency => named.Contains(emergency.Id) || emergency.Conditions.Any(condition => nodes.Contains(condition.Id)))];
    }

    private void Redness(DraftWriter draft)
    {
        var facts = room.Ontology.SkinTone.Redness;
        var ask = $"So ask about {Words.List(facts.Ask)}.";
        var evidence = ledger.Add(EvidenceKind.Ontology, "skin tone redness", $"{facts.Text} {ask}{Unreviewed}", new JsonObject
        {
            ["statement"] = "skinTone",
            ["about"] = "redness",
            ["words"] = Texts(facts.Words),
            ["ask"] = Texts(facts.Ask),
            ["reviewed"] = false,
            ["sources"] = Texts(facts.Sources),
        });
        draft.Say(facts.Text, evidence);
        if (facts.Ask.Count > 0) draft.Say(ask, evidence);
    }

    private void Measured(DraftWriter draft, ConversationPhoto photo, Imaging.Measurement angle, SkinToneClass tone)
    {
        var text = $"The skin measured in photo {photo.Number} is of the class {tone.Name}, at a typology angle of {Words.Measured(angle.Value, angle.Unit)}; without colour calibration that is approximate.";
        var evidence = ledger.Add(EvidenceKind.Ontology, $"skin tone of photo {photo.Number}", text, new JsonObject
        {
            ["statement"] = "skinTone",
            ["about"] = "class",
            ["class"] = tone.Name,
            ["angle"] = angle.Value,
            ["photo"] = photo.Number,
            ["sources"] = Texts(room.Ontology.SkinTone.Sources),
        });
        draft.Say(text, evidence, new PhotoEvidence(photo, ledger).Measurement(angle));
    }

    private void Note(DraftWriter draft, EmergencyFacts emergency, string note)
    {
        var text = $"{emergency.Name} on brown and black skin: {note}.";
        draft.Say(text, ledger.Add(EvidenceKind.Triage, $"skin tone {emergency.Id}", text + Unreviewed, new JsonObject
        {
            ["statement"] = "skinTone",
            ["about"] = "emergency",
            ["emergency"] = emergency.Id,
            ["reviewed"] = false,
            ["sources"] = Texts(emergency.Sources),
        }));
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
