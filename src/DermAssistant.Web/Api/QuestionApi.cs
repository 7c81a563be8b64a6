using System.ComponentModel;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DermAssistant.Agent;
using DermAssistant.Channels;
using DermAssistant.Diagnosis;
using DermAssistant.Imaging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DermAssistant.Web;

/// <summary>Reading photos and answering questions.</summary>
internal static class QuestionApi
{
    private const string Channel = "api";

    public static void MapQuestions(this RouteGroupBuilder api, ServerOptions options)
    {
        api.MapPost("/analyze", (HttpContext context, PackRooms rooms, PhotoGateOptions gate) => AnalyzeAsync(context, rooms, gate, options.Api.MaxPhotos))
            .TakesPhotos().Produces<JsonObject>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithName("analyze").WithSummary("Read photos: differential, verdict, concepts, measurements, urgency.")
            .WithDescription("Files of a form. One photo gives an object, several an array in which a refused photo has accepted: false and its reasons.");
        api.MapPost("/ask", (HttpContext context, IChatDesk desk, PhotoGateOptions gate) => AskAsync(context, desk, gate, options.Api.MaxPhotos))
            .TakesPhotos().Produces<JsonObject>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithName("ask").WithSummary("Ask a question about photos or about a condition.")
            .WithDescription("Fields of a form: question, conversation (the id an earlier answer gave, to go on with it), photos as files.");
        api.MapDelete("/conversations/{id}", ForgetAsync).Produces(StatusCodes.Status204NoContent).WithName("forget").WithSummary("Erase a conversation with its photos' readings.");
    }

    private static async Task<Results<JsonHttpResult<JsonNode>, ProblemHttpResult>> AnalyzeAsync(HttpContext context, PackRooms rooms, PhotoGateOptions gate, int most)
    {
        var form = await PhotoForm.ReadAsync(context, most, gate);
        if (form.Photos.Count == 0) return Problems.BadInput("The request brings no photo.", "Send at least one file, for example: curl -F photo=@lesion.jpg");
        var documents = new JsonArray();
        foreach (var (name, bytes) in form.Photos)
        {
            var (report, reading) = await rooms.ReadAsync(name, bytes, context.RequestAborted);
            if (reading is null && form.Photos.Count == 1) return ApiEndpoints.Refused(report);
            documents.Add(Document(report, reading));
        }

        return ApiEndpoints.Json(form.Photos.Count == 1 ? documents[0]! : documents);
    }

    private static JsonObject Document(GateReport report, Reading? reading)
    {
        if (reading is not null) return ReadingJson.Write(reading);
        var photo = GateDocument.Of(report);
        photo["modality"] = DocumentValue.Name(Modality.Other);
        return new JsonObject { ["photo"] = photo };
    }

    private static async Task<Results<JsonHttpResult<JsonNode>, ProblemHttpResult>> AskAsync(HttpContext context, IChatDesk desk, PhotoGateOptions gate, int most)
    {
        var form = await PhotoForm.ReadAsync(context, most, gate);
        var question = form.Fields.GetValueOrDefault("question") ?? "";
        if (string.IsNullOrWhiteSpace(question) && form.Photos.Count == 0) return Problems.BadInput("The request has neither a question nor a photo.", "Give the field question, files, or both.");
        var conversation = form.Fields.GetValueOrDefault("conversation");
        if (string.IsNullOrWhiteSpace(conversation)) conversation = RandomNumberGenerator.GetHexString(32, lowercase: true);
        if (conversation.Length > 100) return Problems.BadInput("The conversation's id has more than 100 characters.", "Use the id an earlier answer gave.");

        var message = new IncomingMessage(Key(context, conversation), User(context), question, [.. form.Photos.Select(photo => IncomingFile.Arrived(photo.Name, photo.Bytes))]);
        TurnEvent? last = null;
        await foreach (var happened in desk.AnswerAsync(message, context.RequestAborted)) last = happened;
        if (last is not TurnAnswered answered)
        {
            var failed = last as TurnFailed;
            return Problems.Of(failed?.ByServer == false ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status503ServiceUnavailable, failed?.Text ?? "There is no answer.", "Do as the detail says.");
        }

        var document = AnswerJson.ToJson(answered.Answer);
        document["conversation"] = conversation;
        document["answerId"] = answered.AnswerId;
        return ApiEndpoints.Json(document);
    }

    private static async Task<NoContent> ForgetAsync(HttpContext context, [Description("The id an answer gave.")] string id, IChatDesk desk)
    {
        await desk.EraseAsync(Key(context, id), CancellationToken.None);
        return TypedResults.NoContent();
    }

    // The same id under another key is another conversation.
    private static ConversationKey Key(HttpContext context, string conversation) => new(Channel, $"{User(context)}/{conversation}");

    private static string User(HttpContext context) => ApiKey.Of(context) ?? ApiDoor.LocalUser;
}
