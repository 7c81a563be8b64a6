using System.Text.Json;
using System.Text.Json.Serialization;
using DermAssistant.Ontology;

namespace DermAssistant.Training;

/// <summary>The wording of one diagnosis.</summary>
/// <param name="Code">What the data calls it; the ontology places it.</param>
/// <param name="Names">The first is the prompt's name; the others vary the captions.</param>
internal sealed record CaptionLabel(string Code, IReadOnlyList<string> Names);

/// <summary>A concept that captions state, and what they say of its absence.</summary>
internal sealed record CaptionConcept(string Id, IReadOnlyList<string> Terms, IReadOnlyList<string> Opposites);

/// <summary>How captions are worded: names, templates and phrases, read from <c>prompts/training/</c>.</summary>
internal sealed record CaptionGrammar(
    string LabelSet,
    string? Modality,
    IReadOnlyList<CaptionLabel> Labels,
    IReadOnlyList<string> Templates,
    IReadOnlyDictionary<string, string> Sites,
    IReadOnlyDictionary<string, string> Sex,
    IReadOnlyDictionary<string, string> Colours,
    IReadOnlyDictionary<string, string> Phrases,
    IReadOnlyList<CaptionConcept> Concepts)
{
    /// <summary>Reads a grammar.</summary>
    /// <exception cref="TrainingException">The file is missing or malformed.</exception>
    public static CaptionGrammar Load(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, CaptionGrammarJson.Default.CaptionGrammar)
                ?? throw new JsonException("the file is empty");
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new TrainingException($"The caption grammar {path} cannot be read: {e.Message}", "Restore the file from the repository.", e);
        }
    }

    /// <summary>The wordings of the labels in use, by node id; nodes the grammar does not word go by their names and synonyms.</summary>
    public IReadOnlyDictionary<string, LabelWording> Wordings(IEnumerable<string> nodes, OntologyGraph ontology)
    {
        var worded = Labels.Select(l => (Node: ontology.Map(l.Code).Node, Label: l)).Where(l => l.Node is not null).ToDictionary(l => l.Node!.Id, l => l.Label);
        return nodes.Distinct().Order(StringComparer.Ordinal).ToDictionary(id => id, id =>
        {
            if (worded.TryGetValue(id, out var label)) return new LabelWording(label.Names, label.Code);
            var node = ontology.Find(id)!;
            return new LabelWording([node.Name, .. node.Synonyms], null);
        });
    }
}

/// <summary>The names captions call a label by, and what the data calls it.</summary>
internal sealed record LabelWording(IReadOnlyList<string> Names, string? Code);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CaptionGrammar))]
internal sealed partial class CaptionGrammarJson : JsonSerializerContext;
