using System.Text.Json.Nodes;
using DermAssistant.DermLip;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DermAssistant.Web;

/// <summary>The model packs.</summary>
internal static class ModelApi
{
    public static void MapModels(this RouteGroupBuilder api) =>
        api.MapGet("/models", List).Produces<JsonArray>().WithName("models").WithSummary("The model packs on the server; the default one reads photos.");

    private static JsonHttpResult<JsonNode> List(ModelPackStore packs) => ApiEndpoints.Json(DocumentValue.Array(packs.List(), pack =>
    {
        var document = PackDocument.Of(pack);
        // Where things lie on the server is nobody's business.
        document.Remove("directory");
        return document;
    }));
}
