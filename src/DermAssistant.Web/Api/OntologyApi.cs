using System.ComponentModel;
using System.Text.Json.Nodes;
using DermAssistant.Ontology;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DermAssistant.Web;

/// <summary>Looking things up in the ontology.</summary>
internal static class OntologyApi
{
    private const int MostFound = 100;
    private const int MostLabels = 100;

    public static void MapOntology(this RouteGroupBuilder api)
    {
        var ontology = api.MapGroup("/ontology").ProducesProblem(StatusCodes.Status404NotFound);
        ontology.MapGet("/nodes/{name}", Show).Produces<JsonObject>().WithName("node").WithSummary("Everything the ontology says of a node.");
        ontology.MapGet("/nodes/{name}/path", Path).Produces<JsonArray>().WithName("path").WithSummary("The nodes from the category down to a node.");
        ontology.MapGet("/nodes/{name}/siblings", Siblings).Produces<JsonArray>().WithName("siblings").WithSummary("The other nodes under the same parent.");
        ontology.MapGet("/search", Search).Produces<JsonArray>().WithName("searchNodes").WithSummary("Find nodes by text, misspelt or not.");
        ontology.MapGet("/common-ancestor", CommonAncestor).Produces<JsonObject>().WithName("commonAncestor").WithSummary("The deepest node two nodes both lie under; null where they share none.");
        ontology.MapGet("/map", Map).Produces<JsonArray>().WithName("map").WithSummary("Place labels of other collections in the ontology.");
    }

    private static Results<JsonHttpResult<JsonNode>, ProblemHttpResult> Show([Description("A name, a synonym or an id.")] string name, OntologyGraph ontology) =>
        ontology.Find(name) is { } node ? ApiEndpoints.Json(NodeDocument.Whole(node, ontology)) : Unknown(name, ontology);

    private static Results<JsonHttpResult<JsonNode>, ProblemHttpResult> Path(string name, OntologyGraph ontology)
    {
        if (ontology.Find(name) is not { } node) return Unknown(name, ontology);
        var way = new Stack<OntologyNode>();
        for (var at = node; at is not null; at = at.Parent) way.Push(at);
        return ApiEndpoints.Json(DocumentValue.Array(way, NodeDocument.Of));
    }

    private static Results<JsonHttpResult<JsonNode>, ProblemHttpResult> Siblings(string name, OntologyGraph ontology) =>
        ontology.Find(name) is { } node ? ApiEndpoints.Json(DocumentValue.Array(ontology.Siblings(node), NodeDocument.Of)) : Unknown(name, ontology);

    private static Results<JsonHttpResult<JsonNode>, ProblemHttpResult> Search(string text, OntologyGraph ontology, int top = 10)
    {
        if (string.IsNullOrWhiteSpace(text)) return Problems.BadInput("There is nothing to search for: text is empty.", "Give a part of a name.");
        if (top is < 1 or > MostFound) return Problems.BadInput($"top is {top}.", $"Give 1 to {MostFound}.");
        return ApiEndpoints.Json(DocumentValue.Array(ontology.Search(text, top), NodeDocument.Of));
    }

    private static Results<JsonHttpResult<JsonNode>, Ok, ProblemHttpResult> CommonAncestor(string first, string second, OntologyGraph ontology)
    {
        if (ontology.Find(first) is not { } one) return Unknown(first, ontology);
        if (ontology.Find(second) is not { } other) return Unknown(second, ontology);
        return ontology.CommonAncestor(one, other) is { } shared ? ApiEndpoints.Json(NodeDocument.Of(shared)) : TypedResults.Ok();
    }

    private static Results<JsonHttpResult<JsonNode>, ProblemHttpResult> Map([Description("May be given several times.")] string[] label, OntologyGraph ontology)
    {
        if (label.Length is 0 or > MostLabels) return Problems.BadInput($"The request names {label.Length} labels.", $"Give label 1 to {MostLabels} times.");
        return ApiEndpoints.Json(DocumentValue.Array(label, text =>
        {
            var document = NodeDocument.Of(ontology.Map(text));
            var all = ontology.MapAll(text);
            if (all.Count > 1) document["all"] = DocumentValue.Array(all, NodeDocument.Of);
            return document;
        }));
    }

    private static ProblemHttpResult Unknown(string name, OntologyGraph ontology)
    {
        var near = ontology.Search(name, 3);
        return Problems.NotFound(
            $"The ontology holds nothing called \"{name}\".",
            near.Count == 0 ? "/api/v1/ontology/search finds nodes by part of a name." : $"Did you mean {string.Join(", ", near.Select(node => node.Name))}?");
    }
}
