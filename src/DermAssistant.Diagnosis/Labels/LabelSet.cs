using System.Text.Json;
using DermAssistant.DermLip;
using DermAssistant.Ontology;

namespace DermAssistant.Diagnosis;

/// <summary>What the differential of a pack runs over.</summary>
/// <remarks>
/// A pack states it in <c>labels.json</c>: an array of <c>{ "id", "prompt", "covers": [ids], "code" }</c>, or an object with that array as
/// <c>labels</c> and optionally <c>name</c> (in words), <c>modality</c> (<c>dermoscopic</c> or <c>clinical</c>: the only photos it knows),
/// <c>templates</c> (its own prompt templates), <c>concepts</c> (<c>{ "id", "terms", "opposites" }</c>: the only concepts its captions
/// state) and <c>conceptPrompts</c> (as <c>prompts/concepts.json</c>). Without the file the label set is all conditions of the ontology.
/// </remarks>
public sealed class LabelSet
{
    private LabelSet(IReadOnlyList<Label> labels, string name) => (Labels, Name) = (labels, name);

    /// <summary>In the order of the pack; indices of logits and probabilities are indices into this list.</summary>
    public IReadOnlyList<Label> Labels { get; }

    /// <summary>In words, for example "the 7 HAM10000 diagnoses".</summary>
    public string Name { get; }

    /// <summary>The only modality the pack knows, or null.</summary>
    public string? Modality { get; private init; }

    /// <summary>Ids of the labels, in order.</summary>
    public IReadOnlyList<string> Ids => [.. Labels.Select(label => label.Node.Id)];

    internal IReadOnlyList<string>? Templates { get; private init; }

    internal IReadOnlyList<ConceptEntry>? Concepts { get; private init; }

    internal ConceptPrompts? ConceptPrompts { get; private init; }

    /// <summary>Reads a pack's label set.</summary>
    /// <exception cref="ModelPackException">The file is malformed or names a condition the ontology does not have.</exception>
    public static LabelSet Load(string packDirectory, OntologyGraph ontology)
    {
        var path = Path.Combine(packDirectory, LabelSetFile.FileName);
        if (!File.Exists(path)) return AllConditions(ontology);
        try
        {
            return From(LabelSetFile.Parse(File.ReadAllBytes(path)), ontology);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ModelPackException(
                $"The label set {path} cannot be used: {e.Message}", "Correct the file or remove the pack and add it again.", e);
        }
    }

    /// <summary>Every condition of the ontology.</summary>
    public static LabelSet AllConditions(OntologyGraph ontology) =>
        new([.. ontology.Conditions.Select(node => new Label(node, node.Name, [node.Name], [node], null))],
            $"all {ontology.Conditions.Count} conditions of the ontology");

    /// <summary>The index of the label a node falls under, or -1: the label that names or covers it, or covers a node above it.</summary>
    public int IndexOf(OntologyNode node)
    {
        for (OntologyNode? at = node; at is not null; at = at.Parent)
            for (var i = 0; i < Labels.Count; i++)
                if (Labels[i].Node.Id == at.Id || Labels[i].Covers.Any(covered => covered.Id == at.Id))
                    return i;
        return -1;
    }

    internal static LabelSet From(LabelSetFile file, OntologyGraph ontology)
    {
        var nodes = ontology.Nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        var labels = file.Labels.Select(entry => ToLabel(entry, nodes)).ToList();
        if (labels.Count < 2) throw new ArgumentException("it needs at least two labels");
        var repeated = labels.GroupBy(label => label.Node.Id).FirstOrDefault(group => group.Count() > 1);
        if (repeated is not null) throw new ArgumentException($"\"{repeated.Key}\" is listed twice");
        if (file.Templates is { } templates && (templates.Count == 0 || !templates.All(PromptLibrary.HasSlot)))
            throw new ArgumentException("a template has no {} for the condition");
        return new LabelSet(labels, file.Name ?? $"the {labels.Count} diagnoses of the pack")
        {
            Modality = file.Modality,
            Templates = file.Templates,
            Concepts = file.Concepts,
            ConceptPrompts = file.ConceptPrompts,
        };
    }

    private static Label ToLabel(LabelEntry entry, Dictionary<string, OntologyNode> nodes)
    {
        var node = Node(entry.Id);
        IReadOnlyList<OntologyNode> covers = entry.Covers is { Count: > 0 } ids ? [.. ids.Select(Node)] : [node, .. node.Covers];
        IReadOnlyList<string> wordings = entry.Prompts is { Count: > 0 } many ? many : [entry.Prompt ?? node.Name];
        return new Label(node, entry.Name ?? node.Name, wordings, covers, entry.Code);

        OntologyNode Node(string id) => nodes.TryGetValue(id, out var found)
            ? found
            : throw new ArgumentException($"the ontology has no \"{id}\"");
    }
}
