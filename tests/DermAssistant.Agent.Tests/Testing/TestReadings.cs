using System.Text.Json.Nodes;
using DermAssistant.Diagnosis;
using DermAssistant.Imaging;
using DermAssistant.Ontology;

namespace DermAssistant.Agent.Tests;

/// <summary>Readings over the seven HAM10000 classes, with evidence as the Diagnosis room writes it.</summary>
internal static class TestReadings
{
    public const string Pack = "test-pack";

    public static readonly string[] Labels =
    [
        "Melanocytic nevus", "Melanoma", "Benign keratosis, unspecified", "Basal cell carcinoma",
        "Actinic keratosis or intraepidermal carcinoma", "Dermatofibroma", "Vascular lesion, unspecified",
    ];

    /// <summary>A nevus, not beyond doubt.</summary>
    public static readonly double[] MostlyNevus = [0.6217, 0.2104, 0.1012, 0.0312, 0.02, 0.0105, 0.005];

    public static readonly double[] MostlyMelanoma = [0.15, 0.71, 0.08, 0.03, 0.02, 0.007, 0.003];

    public static Reading Make(
        GateReport gate,
        double[]? probabilities = null,
        (string Concept, double Score)[]? concepts = null,
        IReadOnlyList<Measurement>? measurements = null,
        string? outside = null)
    {
        var ontology = TestRoom.Ontology;
        var evidence = new List<Evidence>();
        var photo = new ReadingPhoto(gate, outside is null ? Modality.Dermoscopic : Modality.Other);
        Add(evidence, EvidenceKind.Photo, outside ?? $"{gate.File} is a dermoscopic photo of {gate.Width} x {gate.Height} pixels.", new JsonObject
        {
            ["file"] = gate.File, ["sha256"] = gate.Sha256, ["accepted"] = true, ["modality"] = "dermoscopic", ["width"] = gate.Width, ["height"] = gate.Height,
            ["warnings"] = new JsonArray([.. (gate.Quality?.Warnings ?? []).Select(w => (JsonNode)w)]), ["outsideKnowledge"] = outside,
        });
        var model = new ReadingModel(Pack, "1", "the 7 HAM10000 diagnoses", true);
        if (outside is not null)
            return new(photo, model, [], null, new(null, null, null, 0, true, outside), null, [], [], new(null, []), evidence, outside, Embedding(gate));

        var entries = Labels.Zip(probabilities ?? MostlyNevus)
            .Select(pair => (Node: ontology.Find(pair.First)!, pair.Second))
            .Select(pair => new DifferentialEntry(pair.Node.Id, pair.Node.Name, pair.Node.Path, pair.Second))
            .OrderByDescending(entry => entry.Probability).ThenBy(entry => entry.Id, StringComparer.Ordinal).ToList();
        for (var i = 0; i < 5; i++)
            Add(evidence, EvidenceKind.Differential, $"{entries[i].Name} has a calibrated probability of {entries[i].Probability * 100:0.0} % among {model.Labels}.", new JsonObject
            {
                ["about"] = "differential", ["rank"] = i + 1, ["id"] = entries[i].Id, ["name"] = entries[i].Name, ["path"] = new JsonArray([.. entries[i].Path.Select(p => (JsonNode)p)]),
                ["probability"] = entries[i].Probability, ["calibrated"] = true, ["model"] = model.Id,
            });
        var verdict = Judge(ontology, entries);
        Add(evidence, EvidenceKind.Differential, verdict.Abstained ? verdict.Why : $"The deepest diagnosis the evidence supports is {verdict.Name}: {verdict.Why}", new JsonObject
        {
            ["about"] = "verdict", ["id"] = verdict.Id, ["name"] = verdict.Name, ["level"] = verdict.Level?.ToString(), ["probability"] = verdict.Probability, ["abstained"] = verdict.Abstained,
        });
        var malignancy = entries.Where(e => ontology.Find(e.Id)!.CountsAsMalignant).Sum(e => e.Probability);
        Add(evidence, EvidenceKind.Differential, $"The conditions that are or may be malignant or in situ together have a calibrated probability of {malignancy * 100:0.0} %.", new JsonObject
        {
            ["about"] = "malignancy", ["probability"] = malignancy,
        });
        var set = new PredictionSet(0.9, [.. entries.Take(2).Select(e => e.Id)]);
        Add(evidence, EvidenceKind.Differential, $"In 90.0 % of photos like those calibrated on, the diagnosis is in a set made like this one: {entries[0].Name} and {entries[1].Name}.", new JsonObject
        {
            ["about"] = "predictionSet", ["coverage"] = 0.9, ["conditions"] = new JsonArray([.. set.Conditions.Select(c => (JsonNode)c)]), ["names"] = new JsonArray(entries[0].Name, entries[1].Name),
        });
        var scores = (concepts ?? [("symmetric", 0.81), ("pigment network", 0.74), ("brown (hyperpigmentation)", 0.66)])
            .Select(c => (Concept: ontology.FindConcept(c.Concept)!, c.Score))
            .Select(c => new ConceptScore(c.Concept.Id, c.Concept.Name, c.Score, ConceptSource.Encoder, 0.9)).ToList();
        foreach (var concept in scores.Where(c => c.Score >= 0.5))
            Add(evidence, EvidenceKind.Concept, $"The concept \"{concept.Name}\" has a presence score of {concept.Score:0.###} of 1 (from the encoder, whose detector has a measured AUROC of 0.9).", new JsonObject
            {
                ["id"] = concept.Id, ["name"] = concept.Name, ["score"] = concept.Score, ["source"] = "encoder", ["auroc"] = 0.9,
            });
        var measured = measurements ?? [new("asymmetryMajorAxis", "Asymmetry about the major axis", 0.1234, "ratio"), new("colours", "Dermoscopic colours present", 3, "count")];
        foreach (var m in measured)
            Add(evidence, EvidenceKind.Measurement, $"{m.Name}: {m.Value:0.###}.", new JsonObject { ["id"] = m.Id, ["name"] = m.Name, ["value"] = m.Value, ["unit"] = m.Unit });
        return new(photo, model, entries, set, verdict, malignancy, scores, measured, new(Urgency.Routine, []), evidence, null, Embedding(gate));
    }

    private static Verdict Judge(OntologyGraph ontology, List<DifferentialEntry> entries)
    {
        var (first, top) = (ontology.Find(entries[0].Id)!, entries[0].Probability);
        if (top >= 0.7) return new(first.Id, first.Name, first.Level, top, false, "its mass passes the threshold.");
        var category = first;
        while (category.Parent is { } parent) category = parent;
        var mass = entries.Where(e => ontology.Find(e.Id)!.IsWithin(category)).Sum(e => e.Probability);
        return top >= 0.4
            ? new(category.Id, category.Name, category.Level, Math.Min(1, mass), false, "no deeper node passes its threshold.")
            : new(null, null, null, 0, true, "There is not enough evidence for any diagnosis.");
    }

    private static float[] Embedding(GateReport gate) => [1, (float)((gate.Sha256?[0] ?? '0') % 5 / 10.0), 0.1f];

    private static void Add(List<Evidence> evidence, EvidenceKind kind, string text, JsonObject data)
    {
        var letter = kind switch { EvidenceKind.Differential => "D", EvidenceKind.Concept => "C", EvidenceKind.Measurement => "M", _ => "P" };
        evidence.Add(new($"{letter}{evidence.Count(e => e.Kind == kind) + 1}", kind, text, data));
    }
}
