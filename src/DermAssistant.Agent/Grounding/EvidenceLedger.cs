using System.Globalization;
using System.Text.Json.Nodes;
using DermAssistant.Diagnosis;

namespace DermAssistant.Agent;

/// <summary>The evidence of one turn, in the order in which the tools found it; ids are unique within it.</summary>
/// <remarks>Safe for concurrent use: a chat model may have several tools run at once.</remarks>
internal sealed class EvidenceLedger
{
    private readonly Lock _gate = new();
    private readonly List<Evidence> _items = [];
    private readonly Dictionary<string, string> _idsByKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Evidence> _byId = new(StringComparer.Ordinal);

    /// <summary>A snapshot in the order of kinds and numbers.</summary>
    public IReadOnlyList<Evidence> Items
    {
        get
        {
            lock (_gate) return [.. _items.OrderBy(e => e.Kind).ThenBy(e => int.Parse(e.Id.AsSpan(1), CultureInfo.InvariantCulture))];
        }
    }

    public Evidence? Find(string id)
    {
        lock (_gate) return _byId.GetValueOrDefault(id);
    }

    /// <summary>Takes in a piece of evidence once; the same key gives the same id again.</summary>
    public string Add(EvidenceKind kind, string key, string text, JsonObject data)
    {
        lock (_gate)
        {
            if (_idsByKey.TryGetValue($"{kind}:{key}", out var known)) return known;
            return Take($"{kind}:{key}", new Evidence(FreeId(kind), kind, text, data));
        }
    }

    /// <summary>Takes in a reading's own evidence; it keeps its id unless another photo's evidence holds that already.</summary>
    public string Adopt(int photo, Evidence evidence)
    {
        lock (_gate)
        {
            var key = $"photo {photo}:{evidence.Id}";
            if (_idsByKey.TryGetValue(key, out var known)) return known;
            var data = (JsonObject)evidence.Data.DeepClone();
            data["photo"] = photo;
            var id = _byId.ContainsKey(evidence.Id) ? FreeId(evidence.Kind) : evidence.Id;
            return Take(key, evidence with { Id = id, Data = data });
        }
    }

    private string Take(string key, Evidence evidence)
    {
        _idsByKey[key] = evidence.Id;
        _byId[evidence.Id] = evidence;
        _items.Add(evidence);
        return evidence.Id;
    }

    private string FreeId(EvidenceKind kind)
    {
        for (var number = 1; ; number++)
        {
            var id = Letter(kind) + number.ToString(CultureInfo.InvariantCulture);
            if (!_byId.ContainsKey(id)) return id;
        }
    }

    private static string Letter(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Differential => "D",
        EvidenceKind.Concept => "C",
        EvidenceKind.Measurement => "M",
        EvidenceKind.Case => "K",
        EvidenceKind.Ontology => "O",
        EvidenceKind.Triage => "T",
        _ => "P",
    };
}
