using System.Text.Json.Nodes;
using DermAssistant.Ontology;

namespace DermAssistant.Hosts;

/// <summary>Nodes of the ontology as <c>derm ontology … --json</c> prints them.</summary>
internal static class NodeDocument
{
    public static JsonObject Of(OntologyNode node)
    {
        var codes = new JsonObject();
        foreach (var (system, code) in node.Codes.OrderBy(pair => pair.Key, StringComparer.Ordinal)) codes[system] = code;
        return new()
        {
            ["id"] = node.Id,
            ["name"] = node.Name,
            ["level"] = DocumentValue.Name(node.Level),
            ["path"] = DocumentValue.Texts(node.Path),
            ["synonyms"] = DocumentValue.Texts(node.Synonyms),
            ["flags"] = DocumentValue.Texts(node.Flags.Order().Select(DocumentValue.Name)),
            ["codes"] = codes,
        };
    }

    /// <summary>Everything the ontology says of one node.</summary>
    public static JsonObject Whole(OntologyNode node, OntologyGraph ontology)
    {
        var document = Of(node);
        document["plainName"] = node.PlainName;
        document["defaultUrgency"] = node.DefaultUrgency is { } urgency ? DocumentValue.Name(urgency) : null;
        document["urgencySource"] = node.UrgencySource;
        document["usualSites"] = DocumentValue.Array(node.UsualSites, Of);
        document["usualAges"] = DocumentValue.Array(node.UsualAges, Of);
        document["covers"] = DocumentValue.Texts(node.Covers.Select(covered => covered.Id));
        document["children"] = DocumentValue.Texts(node.Children.Select(child => child.Id));
        document["concepts"] = DocumentValue.Array(node.Concepts, link => new JsonObject
        {
            ["id"] = link.ConceptId,
            ["name"] = ontology.FindConcept(link.ConceptId)?.Name,
            ["weight"] = DocumentValue.Name(link.Weight),
            ["source"] = link.Source,
        });
        document["lookAlikes"] = DocumentValue.Array(node.LookAlikes, look => new JsonObject
        {
            ["id"] = look.ConditionId,
            ["name"] = ontology.Find(look.ConditionId)?.Name,
            ["difference"] = look.Difference,
            ["source"] = look.Source,
            ["statements"] = DocumentValue.Array(look.Statements, Of),
            ["doubt"] = look.Doubt,
        });
        document["sources"] = DocumentValue.Texts(node.Sources);
        document["reviewed"] = node.Reviewed;
        document["doubt"] = node.Doubt;
        return document;
    }

    public static JsonObject Of(LabelMapping mapping) => new()
    {
        ["label"] = mapping.Label,
        ["id"] = mapping.Node?.Id,
        ["name"] = mapping.Node?.Name,
        ["how"] = DocumentValue.Name(mapping.How),
        ["misspelt"] = mapping.Misspelt,
    };

    private static JsonObject Of(SourcedStatement statement) => new() { ["text"] = statement.Text, ["source"] = statement.Source };
}
