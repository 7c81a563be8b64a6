using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DermAssistant.Imaging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DermAssistant.Web;

/// <summary>The REST API for other programs: the JSON of the command line.</summary>
internal static class ApiEndpoints
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapApi(this WebApplication app, ServerOptions options)
    {
        app.MapOpenApi();
        var api = app.MapGroup("/api/v1").AddEndpointFilter<ApiDoor>().RequireRateLimiting(Server.ApiLimit)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapQuestions(options);
        api.MapOntology();
        api.MapCases();
        api.MapModels();
    }

    /// <summary>A document of the command line as a response.</summary>
    public static JsonHttpResult<JsonNode> Json(JsonNode document) => TypedResults.Json(document, Readable);

    /// <summary>Says in the OpenAPI document that a call takes photos.</summary>
    public static RouteHandlerBuilder TakesPhotos(this RouteHandlerBuilder call) => call.Accepts<IFormFileCollection>("multipart/form-data").DisableAntiforgery();

    /// <summary>The refusal of a photo.</summary>
    public static ProblemHttpResult Refused(GateReport report) => Problems.Of(
        StatusCodes.Status422UnprocessableEntity,
        $"{report.File}: {string.Join(' ', report.Reasons)}",
        "Send a whole JPEG, PNG, WebP, GIF or BMP photo.");
}
