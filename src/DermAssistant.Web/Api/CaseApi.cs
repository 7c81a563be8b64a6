using System.ComponentModel;
using System.Text.Json.Nodes;
using DermAssistant.Cases;
using DermAssistant.Imaging;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace DermAssistant.Web;

/// <summary>Searching the case library.</summary>
internal static class CaseApi
{
    private const int MostMatches = 100;
    private const int LongestText = 1_000;

    public static void MapCases(this RouteGroupBuilder api)
    {
        var cases = api.MapGroup("/cases").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        cases.MapGet("/", StatisticsAsync).Produces<JsonObject>().WithName("caseStatistics").WithSummary("What is in the library.");
        cases.MapGet("/search", SearchTextAsync).Produces<JsonArray>().WithName("searchCasesByText").WithSummary("The cases a description fits best.");
        cases.MapPost("/search", SearchPhotoAsync).TakesPhotos().Produces<JsonArray>().ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithName("searchCasesByPhoto").WithSummary("The cases that look like a photo.");
        cases.MapGet("/{id}", FindAsync).Produces<JsonObject>().ProducesProblem(StatusCodes.Status404NotFound).WithName("case").WithSummary("One case.");
    }

    private static async Task<JsonHttpResult<JsonNode>> StatisticsAsync(PackRooms rooms, CancellationToken cancellationToken) => ApiEndpoints.Json(rooms.Cases.Library switch
    {
        EmbeddedCaseLibrary embedded => LibraryDocument.Of(embedded.Statistics()),
        var other => new JsonObject { ["count"] = await other.CountAsync(cancellationToken), ["pack"] = new JsonObject { ["id"] = other.PackId } },
    });

    private static async Task<Results<JsonHttpResult<JsonNode>, ProblemHttpResult>> SearchTextAsync(
        string text,
        PackRooms rooms,
        [Description("FIELD=VALUE, for example sex=female or diagnosis=melanoma; may be given several times.")] string[] filter,
        CancellationToken cancellationToken,
        int top = 5)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestText) return Problems.BadInput("There is nothing to search for, or too much: text is empty or too long.", $"Describe what to look for in 1 to {LongestText} characters.");
        if (Fault(top, filter) is { } fault) return fault;
        var found = await rooms.Cases.SearchTextAsync(text, top, Filters(filter), cancellationToken);
        return ApiEndpoints.Json(DocumentValue.Array(found, MatchDocument.Of));
    }

    private static async Task<Results<JsonHttpResult<JsonNode>, ProblemHttpResult>> SearchPhotoAsync(HttpContext context, PackRooms rooms, PhotoGateOptions gate, [FromQuery] string[] filter, int top = 5)
    {
        if (Fault(top, filter) is { } fault) return fault;
        var form = await PhotoForm.ReadAsync(context, maxPhotos: 1, gate);
        if (form.Photos.Count == 0) return Problems.BadInput("The request brings no photo.", "Send one file, for example: curl -F photo=@lesion.jpg");
        var (report, embedding) = await rooms.EncodeAsync(form.Photos[0].Name, form.Photos[0].Bytes, context.RequestAborted);
        if (embedding is null) return ApiEndpoints.Refused(report);
        var found = await rooms.Cases.FindSimilarAsync(embedding, null, top, 0, Filters(filter), context.RequestAborted);
        return ApiEndpoints.Json(DocumentValue.Array(found.Similar, MatchDocument.Of));
    }

    private static async Task<Results<JsonHttpResult<JsonNode>, ProblemHttpResult>> FindAsync(string id, PackRooms rooms, CancellationToken cancellationToken) =>
        await rooms.Cases.Library.FindAsync(id, cancellationToken) is { } found
            ? ApiEndpoints.Json(MatchDocument.Of(found))
            : Problems.NotFound($"The library holds no case \"{id}\".", "Ids are those that a search gives.");

    private static ProblemHttpResult? Fault(int top, string[] filters)
    {
        if (top is < 1 or > MostMatches) return Problems.BadInput($"top is {top}.", $"Give 1 to {MostMatches}.");
        return filters.FirstOrDefault(filter => filter.IndexOf('=', StringComparison.Ordinal) < 1) is { } bad ? Problems.BadInput($"\"{bad}\" is no filter.", "Write FIELD=VALUE.") : null;
    }

    private static List<CaseFilter> Filters(string[] filters) => [.. filters.Select(filter => filter.Split('=', 2)).Select(parts => new CaseFilter(parts[0], parts[1]))];
}
