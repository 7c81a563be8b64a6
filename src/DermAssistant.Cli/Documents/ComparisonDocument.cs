using System.Text.Json.Nodes;
using DermAssistant.Ontology;

namespace DermAssistant.Cli;

/// <summary>Comparisons, rankings and concepts as <c>derm ontology … --json</c> prints them.</summary>
internal static class ComparisonDocument
{
    public static JsonObject Of(ConditionComparison comparison, OntologyGraph ontology) => new()
    {
        ["first"] = OfCondition(comparison.First),
        ["second"] = OfCondition(comparison.Second),
        ["shared"] = comparison.Shared is { } shared ? NodeDocument.Of(shared) : null,
        ["distance"] = ontology.Distance(comparison.First, comparison.Second),
        ["onlyFirst"] = Links(comparison.OnlyFirst, ontology),
        ["onlySecond"] = Links(comparison.OnlySecond, ontology),
        ["both"] = Links(comparison.Both, ontology),
        ["againstFirst"] = Against(comparison.First, ontology),
        ["againstSecond"] = Against(comparison.Second, ontology),
        ["difference"] = comparison.Difference?.Difference,
        ["source"] = comparison.Difference?.Source,
        ["sources"] = DocumentValue.Texts(comparison.Difference?.Statements.Select(said => said.Source).Distinct() ?? []),
        ["doubt"] = comparison.Difference?.Doubt,
        ["reviewed"] = comparison.First.Reviewed && comparison.Second.Reviewed,
    };

    public static JsonObject Of(RankedCondition ranked, OntologyGraph ontology) => new()
    {
        ["id"] = ranked.Condition.Id,
        ["name"] = ranked.Condition.Name,
        ["score"] = DocumentValue.Number(ranked.Score),
        ["for"] = Links(ranked.For, ontology),
        ["against"] = Links(ranked.Against, ontology),
        ["missing"] = Links(ranked.Missing, ontology),
        ["reviewed"] = ranked.Condition.Reviewed,
    };

    public static JsonObject Of(Concept concept) => new()
    {
        ["id"] = concept.Id,
        ["name"] = concept.Name,
        ["category"] = concept.Category,
        ["modality"] = DocumentValue.Name(concept.Modality),
        ["definition"] = concept.Definition,
        ["synonyms"] = DocumentValue.Texts(concept.Synonyms),
        ["source"] = concept.Source,
    };

    private static JsonObject OfCondition(OntologyNode node)
    {
        var document = NodeDocument.Of(node);
        document["defaultUrgency"] = node.DefaultUrgency is { } urgency ? DocumentValue.Name(urgency) : null;
        return document;
    }

    private static JsonArray Against(OntologyNode node, OntologyGraph ontology) => Links(node.Concepts.Where(link => link.Weight == ConceptWeight.Against), ontology);

    private static JsonArray Links(IEnumerable<ConceptLink> links, OntologyGraph ontology) => DocumentValue.Array(links, link => new JsonObject
    {
        ["id"] = link.ConceptId,
        ["name"] = ontology.FindConcept(link.ConceptId)?.Name,
        ["weight"] = DocumentValue.Name(link.Weight),
        ["source"] = link.Source,
    });
}
