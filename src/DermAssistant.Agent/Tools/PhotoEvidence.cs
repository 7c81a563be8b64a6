using System.Text.Json.Nodes;
using DermAssistant.Diagnosis;

namespace DermAssistant.Agent;

/// <summary>Finds the evidence behind each part of a photo's reading and takes it into the ledger when it is used.</summary>
internal sealed class PhotoEvidence(ConversationPhoto photo, EvidenceLedger ledger)
{
    private readonly Reading _reading = photo.Reading;

    public string Photo() => Require(EvidenceKind.Photo, _ => true, "the photo");

    public string Differential(DifferentialEntry entry) =>
        Require(EvidenceKind.Differential, data => Is(data, "id", entry.Id) && Number(data, "probability") is not null && !Says(data, "verdict"), entry.Name);

    public string Verdict() => Require(EvidenceKind.Differential, data => Says(data, "verdict"), "the verdict");

    public string PredictionSet() => Require(EvidenceKind.Differential, data => data.ContainsKey("coverage"), "the prediction set");

    public string Malignancy() => Require(EvidenceKind.Differential, data => Says(data, "malignancy"), "the malignancy");

    public string Concept(ConceptScore concept) => Require(EvidenceKind.Concept, data => Is(data, "id", concept.Id), concept.Name);

    public string Measurement(string id) => Require(EvidenceKind.Measurement, data => Is(data, "id", id), id);

    /// <summary>The ledger's ids of evidence the reading names by its own ids.</summary>
    public IReadOnlyList<string> Own(IEnumerable<string> ids) =>
        [.. from id in ids let found = _reading.Evidence.FirstOrDefault(e => e.Id == id) where found is not null select ledger.Adopt(photo.Number, found)];

    private string Require(EvidenceKind kind, Func<JsonObject, bool> belongs, string what)
    {
        foreach (var evidence in _reading.Evidence)
            if (evidence.Kind == kind && belongs(evidence.Data))
                return ledger.Adopt(photo.Number, evidence);
        throw new InvalidOperationException($"The reading of photo {photo.Number} holds no evidence for {what}.");
    }

    private static bool Says(JsonObject data, string part) => Is(data, "of", part);

    private static bool Is(JsonObject data, string name, string value) =>
        data.TryGetPropertyValue(name, out var node) && node is JsonValue found && found.TryGetValue<string>(out var text) && text == value;

    private static double? Number(JsonObject data, string name) =>
        data.TryGetPropertyValue(name, out var node) && node is JsonValue found && found.TryGetValue<double>(out var number) ? number : null;
}
