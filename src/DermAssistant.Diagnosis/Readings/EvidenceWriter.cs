using System.Text.Json.Nodes;
using DermAssistant.Imaging;

namespace DermAssistant.Diagnosis;

/// <summary>Turns the parts of a reading into evidence, numbered by kind in a fixed order.</summary>
internal sealed class EvidenceWriter
{
    private readonly List<Evidence> _evidence = [];
    private readonly Dictionary<EvidenceKind, int> _numbers = [];

    public IReadOnlyList<Evidence> Evidence => _evidence;

    public void AddPhoto(ReadingPhoto photo, string? outsideKnowledge)
    {
        var gate = photo.Gate;
        var text = gate switch
        {
            { Accepted: false } => $"The file {gate.File} was refused: {string.Join(" ", gate.Reasons)}",
            _ when outsideKnowledge is not null => outsideKnowledge,
            _ => $"{gate.File} is a {Wording.CamelCase(photo.Modality)} photo of {gate.Width} x {gate.Height} pixels"
                + (gate.Quality?.Warnings is { Count: > 0 } warnings ? $"; {string.Join(" ", warnings)}" : "."),
        };
        Add(EvidenceKind.Photo, text, new JsonObject
        {
            ["file"] = gate.File,
            ["sha256"] = gate.Sha256,
            ["accepted"] = gate.Accepted,
            ["modality"] = gate.Accepted ? Wording.CamelCase(photo.Modality) : null,
            ["width"] = gate.Width,
            ["height"] = gate.Height,
            ["sharpness"] = gate.Quality?.Sharpness,
            ["exposure"] = gate.Quality?.Exposure,
            ["warnings"] = Strings(gate.Quality?.Warnings ?? []),
            ["reasons"] = Strings(gate.Reasons),
            ["outsideKnowledge"] = outsideKnowledge,
        });
    }

    public void AddDifferential(IReadOnlyList<DifferentialEntry> entries, ReadingModel model)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            Add(
                EvidenceKind.Differential,
                model.Calibrated
                    ? $"{entry.Name} has a calibrated probability of {Wording.Percent(entry.Probability)} among {model.Labels}."
                    : $"{entry.Name} has a score of {Wording.Percent(entry.Probability)} among {model.Labels}, which is not calibrated.",
                new JsonObject
                {
                    ["about"] = "differential",
                    ["rank"] = i + 1,
                    ["id"] = entry.Id,
                    ["name"] = entry.Name,
                    ["path"] = Strings(entry.Path),
                    ["probability"] = entry.Probability,
                    ["calibrated"] = model.Calibrated,
                    ["model"] = model.Id,
                });
        }
    }

    public void AddVerdict(Verdict verdict) => Add(
        EvidenceKind.Differential,
        verdict.Abstained ? verdict.Why : $"The deepest diagnosis the evidence supports is {verdict.Name}: {verdict.Why}",
        new JsonObject
        {
            ["about"] = "verdict",
            ["id"] = verdict.Id,
            ["name"] = verdict.Name,
            ["level"] = verdict.Level is { } level ? Wording.CamelCase(level) : "none",
            ["probability"] = verdict.Probability,
            ["abstained"] = verdict.Abstained,
        });

    public void AddMalignancy(double probability, IReadOnlyList<string> conditions, bool calibrated) => Add(
        EvidenceKind.Differential,
        conditions.Count == 0
            ? "None of the conditions the model tells apart is malignant or in situ."
            : $"The conditions that are or may be malignant or in situ ({Wording.List(conditions)}) together have "
                + (calibrated ? "a calibrated probability" : "an uncalibrated score") + $" of {Wording.Percent(probability)}.",
        new JsonObject { ["about"] = "malignancy", ["probability"] = probability, ["conditions"] = Strings(conditions), ["calibrated"] = calibrated });

    public void AddPredictionSet(PredictionSet set, IReadOnlyList<string> names) => Add(
        EvidenceKind.Differential,
        $"In {Wording.Percent(set.Coverage)} of photos like those calibrated on, the diagnosis is in a set made like this one: {Wording.List(names)}.",
        new JsonObject
        {
            ["about"] = "predictionSet",
            ["coverage"] = set.Coverage,
            ["conditions"] = Strings(set.Conditions),
            ["names"] = Strings(names),
        });

    /// <param name="prompts">What the encoder was asked; null for a concept that was measured.</param>
    public void AddConcept(ConceptScore concept, ConceptPromptsUsed? prompts)
    {
        var quality = concept switch
        {
            { Source: ConceptSource.Measured } => "measured in the pixels",
            { Auroc: { } auroc } => $"from the encoder, whose detector has a measured AUROC of {Wording.Number(auroc)}",
            _ => "from the encoder, how well it detects this was not measured",
        };
        Add(EvidenceKind.Concept, $"The concept \"{concept.Name}\" has a presence score of {Wording.Number(concept.Score)} of 1 ({quality}).", new JsonObject
        {
            ["id"] = concept.Id,
            ["name"] = concept.Name,
            ["score"] = concept.Score,
            ["source"] = Wording.CamelCase(concept.Source),
            ["auroc"] = concept.Auroc,
            ["prompts"] = prompts is null ? null : new JsonObject
            {
                ["templates"] = Strings(prompts.Templates),
                ["terms"] = Strings(prompts.Terms),
                ["references"] = prompts.References is { } references ? Strings(references) : null,
                ["opposites"] = prompts.Opposites is { } opposites ? Strings(opposites) : null,
                ["hash"] = prompts.Hash,
            },
        });
    }

    public void AddMeasurement(Measurement measurement) => Add(
        EvidenceKind.Measurement,
        $"{measurement.Name}: {Wording.Number(measurement.Value)}" + (measurement.Unit is "ratio" or "count" ? "." : $" {measurement.Unit}."),
        new JsonObject { ["id"] = measurement.Id, ["name"] = measurement.Name, ["value"] = measurement.Value, ["unit"] = measurement.Unit });

    public void AddTriage(TriageAssessment triage)
    {
        foreach (var reason in triage.Reasons)
            Add(EvidenceKind.Triage, triage.Urgency is null || reason.Reviewed ? reason.Text : $"{reason.Text} (not clinically reviewed)", new JsonObject
            {
                ["rule"] = reason.Rule,
                ["urgency"] = triage.Urgency is { } urgency ? Wording.CamelCase(urgency) : null,
                ["reviewed"] = reason.Reviewed,
                ["evidence"] = Strings(reason.Evidence),
            });
    }

    private void Add(EvidenceKind kind, string text, JsonObject data)
    {
        _numbers[kind] = _numbers.GetValueOrDefault(kind) + 1;
        _evidence.Add(new Evidence($"{Letter(kind)}{_numbers[kind]}", kind, text, data));
    }

    private static char Letter(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Differential => 'D',
        EvidenceKind.Concept => 'C',
        EvidenceKind.Measurement => 'M',
        EvidenceKind.Case => 'K',
        EvidenceKind.Ontology => 'O',
        EvidenceKind.Triage => 'T',
        _ => 'P',
    };

    private static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => (JsonNode?)JsonValue.Create(value))];
}
