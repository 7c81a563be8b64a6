using System.Text.Json;
using System.Text.Json.Serialization;

namespace DermAssistant.Diagnosis;

/// <summary>The content of <c>labels.json</c> in a pack: the whole object, or its array of labels alone.</summary>
internal sealed record LabelSetFile(
    string? Name,
    string? Modality,
    IReadOnlyList<string>? Templates,
    IReadOnlyList<LabelEntry> Labels,
    IReadOnlyList<ConceptEntry>? Concepts,
    ConceptPrompts? ConceptPrompts)
{
    public const string FileName = "labels.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static LabelSetFile Parse(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? new LabelSetFile(null, null, null, document.RootElement.Deserialize<LabelEntry[]>(Options)!, null, null)
            : document.RootElement.Deserialize<LabelSetFile>(Options) is { Labels: not null } file
                ? file
                : throw new JsonException("there is no list called \"labels\"");
    }
}

/// <summary>One label as a pack states it.</summary>
internal sealed record LabelEntry(
    [property: JsonRequired] string Id,
    string? Name,
    string? Prompt,
    IReadOnlyList<string>? Prompts,
    IReadOnlyList<string>? Covers,
    string? Code);

/// <summary>One concept a pack's text tower knows, as the pack states it.</summary>
internal sealed record ConceptEntry(
    [property: JsonRequired] string Id,
    IReadOnlyList<string>? Terms,
    IReadOnlyList<string>? Opposites);
