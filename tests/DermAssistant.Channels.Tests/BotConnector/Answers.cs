using System.Text.Json.Nodes;
using DermAssistant.Agent;
using DermAssistant.Diagnosis;
using DermAssistant.Imaging;
using DermAssistant.Ontology;

namespace DermAssistant.Channels.Tests.BotConnector;

/// <summary>Answers to render.</summary>
internal static class Answers
{
    /// <summary>An answer in words, without evidence.</summary>
    public static TurnAnswered Text(string id, params string[] sentences) =>
        new(id, Of([.. sentences.Select(sentence => new Claim(sentence, []))], [], []), []);

    /// <summary>An answer about one photo, with the kinds of evidence there are.</summary>
    public static TurnAnswered AboutPhoto(string id = "a1", string file = "mole.jpg", int cases = 2)
    {
        List<Evidence> evidence =
        [
            new("D1", EvidenceKind.Differential, "Melanoma has a calibrated probability of 64.0 %.", new JsonObject { ["about"] = "differential", ["name"] = "Melanoma", ["photo"] = 1 }),
            new("D2", EvidenceKind.Differential, "The evidence is not enough.", new JsonObject { ["about"] = "verdict", ["photo"] = 1 }),
            new("C1", EvidenceKind.Concept, "The concept \"blue-whitish veil\" has a presence score of 0.8 of 1.", new JsonObject { ["name"] = "blue-whitish veil", ["photo"] = 1 }),
            new("M1", EvidenceKind.Measurement, "Asymmetry: 0.3.", new JsonObject { ["name"] = "Asymmetry", ["photo"] = 1 }),
            new("O1", EvidenceKind.Ontology, "A blue-whitish veil is a common feature of melanoma.", new JsonObject { ["name"] = "Melanoma" }),
            new("T1", EvidenceKind.Triage, "Urgency by rule: soon.", new JsonObject { ["urgency"] = "soon", ["meaning"] = "Be seen within 2 weeks.", ["photo"] = 1 }),
            new("P1", EvidenceKind.Photo, $"{file} is a dermoscopic photo.", new JsonObject { ["file"] = file, ["photo"] = 1 }),
        ];
        for (var i = 1; i <= cases; i++)
        {
            evidence.Add(new Evidence($"K{i}", EvidenceKind.Case, $"ISIC_{i:0000000}: Melanoma, similarity 0.99", new JsonObject
            {
                ["case"] = $"ISIC_{i:0000000}", ["name"] = "Melanoma", ["similarity"] = 0.99, ["source"] = "HAM10000", ["licence"] = "CC BY-NC 4.0", ["photo"] = 1,
                ["url"] = $"https://api.isic-archive.com/api/v2/images/ISIC_{i:0000000}/",
            }));
        }

        Claim[] claims =
        [
            new("The most probable diagnosis is melanoma, at 64%.", ["D1"]),
            new("The evidence is not enough to settle on it.", ["D2", "C1"]),
            new("Similar cases are melanoma.", [.. evidence.Where(e => e.Kind == EvidenceKind.Case).Select(e => e.Id)]) { Paragraph = 1 },
            new("Urgency by rule: soon – be seen within 2 weeks.", ["T1"]) { Paragraph = 2 },
        ];
        return new TurnAnswered(id, Of(claims, ["How is it told from a nevus?", "How sure are you?", "What do you see?", "A fourth question?"], evidence, Reading(file)), [new AnswerPhoto(1, file, "00")]);
    }

    public static Answer Of(IReadOnlyList<Claim> claims, IReadOnlyList<string> suggestions, IReadOnlyList<Evidence> evidence, params Reading[] readings) =>
        new("c", Answer.Join(claims), claims, [], suggestions, [], evidence, new AnswerModels("narrator", "derm-mini"), readings);

    public static Reading Reading(string file) => new(
        new ReadingPhoto(new GateReport(file, "00", PhotoFormat.Jpeg, 600, 450, true, null, []), Modality.Dermoscopic),
        new ReadingModel("derm-mini", "1", "the 7 HAM10000 diagnoses", true),
        [
            new DifferentialEntry("melanoma", "Melanoma", ["Neoplasms", "Melanoma"], 0.64),
            new DifferentialEntry("nevus", "Melanocytic nevus", ["Neoplasms", "Nevus"], 0.355),
            new DifferentialEntry("df", "Dermatofibroma", ["Neoplasms", "Dermatofibroma"], 0.005),
        ],
        new PredictionSet(0.9, ["melanoma", "nevus"]),
        new Verdict("melanoma", "Melanoma", NodeLevel.Condition, 0.64, true, "The evidence is not enough to settle on one."),
        0.64,
        [new ConceptScore("veil", "blue-whitish veil", 0.8, ConceptSource.Encoder)],
        [new Measurement("asymmetry", "Asymmetry", 0.3, "ratio")],
        new TriageAssessment(Urgency.Soon, []),
        [],
        null,
        default);
}
