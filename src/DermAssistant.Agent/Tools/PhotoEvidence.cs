using System.Text.Json.Nodes;
using DermAssistant.Diagnosis;
using DermAssistant.Imaging;

namespace DermAssistant.Agent;

/// <summary>Finds the evidence behind each part of a photo's reading and takes it into the ledger when it is used.</summary>
internal sealed class PhotoEvidence(ConversationPhoto photo, EvidenceLedger ledger)
{
    private readonly Reading _reading = photo.Reading;

    public string Photo() => Require(EvidenceKind.Photo, _ => true, "the photo");

    /// <summary>What the checks of the photo's quality found.</summary>
    public string Quality()
    {
        var gate = _reading.Photo.Gate;
        var warnings = gate.Quality?.Warnings ?? [];
        return Own(
            EvidenceKind.Photo,
            "quality",
            warnings.Count == 0 ? $"The checks for sharpness and exposure of {photo.File} gave no warning." : $"{photo.File}: {string.Join(' ', warnings)}",
            new JsonObject
            {
                ["file"] = photo.File,
                ["sha256"] = photo.Sha256,
                ["sharpness"] = gate.Quality?.Sharpness,
                ["exposure"] = gate.Quality?.Exposure,
                ["warnings"] = new JsonArray([.. warnings.Select(warning => (JsonNode)warning)]),
            });
    }

    /// <summary>That no concept scored high enough to be named.</summary>
    public string NothingSeen() => Own(EvidenceKind.Concept, "nothing", $"No feature of {photo.File} scored high enough to be named.", new() { ["concepts"] = 0 });

    /// <summary>That nothing was measured.</summary>
    public string NothingMeasured() => Own(
        EvidenceKind.Measurement, "nothing", $"No lesion could be told from the skin around it in {photo.File}, so nothing was measured.", new() { ["measurements"] = 0 });

    /// <summary>That the library holds no case to set beside the photo.</summary>
    public string NothingSimilar() => Own(EvidenceKind.Case, "nothing", $"The library holds no case to set beside {photo.File}.", new() { ["cases"] = 0 });

    /// <summary>That the photo says nothing about the urgency.</summary>
    public string NothingRead() => Own(EvidenceKind.Photo, "unread", $"Nothing could be read in {photo.File}, so it says nothing about the urgency.", new() { ["file"] = photo.File });

    /// <summary>Null for an entry so improbable that the reading writes no evidence for it.</summary>
    public string? Differential(DifferentialEntry entry) =>
        Find(EvidenceKind.Differential, data => Is(data, "about", "differential") && Is(data, "id", entry.Id));

    public string Verdict() => About("verdict");

    public string PredictionSet() => About("predictionSet");

    public string Malignancy() => About("malignancy");

    /// <summary>Null for a concept that scored too low for evidence.</summary>
    public string? Concept(ConceptScore concept) => Find(EvidenceKind.Concept, data => Is(data, "id", concept.Id));

    public string Measurement(Measurement measurement) => Require(EvidenceKind.Measurement, data => Is(data, "id", measurement.Id), measurement.Name);

    /// <summary>The ledger's ids of evidence the reading names by its own ids.</summary>
    public IReadOnlyList<string> Own(IEnumerable<string> ids) =>
        [.. from id in ids let found = _reading.Evidence.FirstOrDefault(e => e.Id == id) where found is not null select ledger.Adopt(photo.Number, found)];

    private string Own(EvidenceKind kind, string what, string text, JsonObject data)
    {
        data["photo"] = photo.Number;
        return ledger.Add(kind, $"photo {photo.Number} {what}", text, data);
    }

    private string About(string part) => Require(EvidenceKind.Differential, data => Is(data, "about", part), part);

    private string Require(EvidenceKind kind, Func<JsonObject, bool> belongs, string what) =>
        Find(kind, belongs) ?? throw new InvalidOperationException($"The reading of photo {photo.Number} holds no evidence for {what}.");

    private string? Find(EvidenceKind kind, Func<JsonObject, bool> belongs) =>
        _reading.Evidence.FirstOrDefault(e => e.Kind == kind && belongs(e.Data)) is { } found ? ledger.Adopt(photo.Number, found) : null;

    private static bool Is(JsonObject data, string name, string value) =>
        data.TryGetPropertyValue(name, out var node) && node is JsonValue found && found.TryGetValue<string>(out var text) && text == value;
}
