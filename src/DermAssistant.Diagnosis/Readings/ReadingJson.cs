using System.Text.Json.Nodes;

namespace DermAssistant.Diagnosis;

/// <summary>A reading as the JSON of <c>derm analyze --json</c>, whose field names users' scripts rely on.</summary>
public static class ReadingJson
{
    /// <summary>The whole reading, without the embedding.</summary>
    public static JsonObject Write(Reading reading) => new()
    {
        ["photo"] = Photo(reading.Photo),
        ["model"] = new JsonObject
        {
            ["id"] = reading.Model.Id,
            ["version"] = reading.Model.Version,
            ["labels"] = reading.Model.Labels,
            ["calibrated"] = reading.Model.Calibrated,
        },
        ["outsideKnowledge"] = reading.OutsideKnowledge,
        ["differential"] = Array(reading.Differential, entry => new JsonObject
        {
            ["id"] = entry.Id,
            ["name"] = entry.Name,
            ["path"] = Strings(entry.Path),
            ["probability"] = entry.Probability,
        }),
        ["predictionSet"] = reading.PredictionSet is { } set
            ? new JsonObject { ["coverage"] = set.Coverage, ["conditions"] = Strings(set.Conditions) }
            : null,
        ["verdict"] = new JsonObject
        {
            ["id"] = reading.Verdict.Id,
            ["name"] = reading.Verdict.Name,
            ["level"] = reading.Verdict.Level is { } level ? Wording.CamelCase(level) : "none",
            ["probability"] = reading.Verdict.Probability,
            ["abstained"] = reading.Verdict.Abstained,
            ["why"] = reading.Verdict.Why,
        },
        ["malignancy"] = new JsonObject { ["probability"] = reading.MalignancyProbability },
        ["concepts"] = Array(reading.Concepts, concept => new JsonObject
        {
            ["id"] = concept.Id,
            ["name"] = concept.Name,
            ["score"] = concept.Score,
            ["source"] = Wording.CamelCase(concept.Source),
            ["auroc"] = concept.Auroc,
        }),
        ["measurements"] = Array(reading.Measurements, measurement => new JsonObject
        {
            ["id"] = measurement.Id,
            ["name"] = measurement.Name,
            ["value"] = measurement.Value,
            ["unit"] = measurement.Unit,
        }),
        ["triage"] = Triage(reading.Triage, reading.Differential.Count > 0),
        ["evidence"] = Array(reading.Evidence, Write),
    };

    /// <summary>One record of evidence.</summary>
    public static JsonObject Write(Evidence evidence) => new()
    {
        ["id"] = evidence.Id,
        ["kind"] = Wording.CamelCase(evidence.Kind),
        ["text"] = evidence.Text,
        ["data"] = evidence.Data.DeepClone(),
    };

    private static JsonObject Photo(ReadingPhoto photo) => new()
    {
        ["file"] = photo.Gate.File,
        ["sha256"] = photo.Gate.Sha256,
        ["format"] = photo.Gate.Format?.ToString().ToLowerInvariant(),
        ["width"] = photo.Gate.Width,
        ["height"] = photo.Gate.Height,
        ["accepted"] = photo.Gate.Accepted,
        ["modality"] = Wording.CamelCase(photo.Modality),
        ["quality"] = photo.Gate.Quality is { } quality
            ? new JsonObject { ["sharpness"] = quality.Sharpness, ["exposure"] = quality.Exposure, ["warnings"] = Strings(quality.Warnings) }
            : null,
        ["reasons"] = Strings(photo.Gate.Reasons),
    };

    // Of a photo that was not read, the urgency says nothing; a script must be able to tell.
    private static JsonObject Triage(TriageAssessment triage, bool fromPhoto) => new()
    {
        ["urgency"] = triage.Urgency is { } urgency ? Wording.CamelCase(urgency) : null,
        ["fromPhoto"] = fromPhoto,
        ["reasons"] = Array(triage.Reasons, reason => new JsonObject
        {
            ["rule"] = reason.Rule,
            ["text"] = reason.Text,
            ["evidence"] = Strings(reason.Evidence),
            ["reviewed"] = reason.Reviewed,
        }),
    };

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonObject> write) => [.. items.Select(item => (JsonNode?)write(item))];

    private static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => (JsonNode?)JsonValue.Create(value))];
}
