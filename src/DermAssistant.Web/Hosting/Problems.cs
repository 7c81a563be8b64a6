using DermAssistant.Agent;
using DermAssistant.Cases;
using DermAssistant.DermLip;
using DermAssistant.Ontology;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace DermAssistant.Web;

/// <summary>Failures as ProblemDetails: <c>detail</c> says what and where, <c>remedy</c> what to do.</summary>
internal static class Problems
{
    private const string Remedy = "remedy";

    public static ProblemHttpResult Of(int status, string detail, string remedy) =>
        TypedResults.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { [Remedy] = remedy });

    public static ProblemHttpResult BadInput(string detail, string remedy) => Of(StatusCodes.Status400BadRequest, detail, remedy);

    public static ProblemHttpResult NotFound(string detail, string remedy) => Of(StatusCodes.Status404NotFound, detail, remedy);

    /// <summary>What a room's failure is to a caller, or null for one that is nobody's input.</summary>
    public static ProblemHttpResult? Of(Exception failure) => failure switch
    {
        QuestionException question => BadInput(question.Message, question.Hint),
        CaseFilterException filter => BadInput(filter.Message, filter.Hint),
        OntologyException ontology => BadInput(ontology.Message, ontology.Hint),
        // These name folders of the server, which are not the caller's business.
        ModelPackException => Of(StatusCodes.Status503ServiceUnavailable, "Photos cannot be read here just now.", "Try again later; whoever runs the server finds the reason in its log and under /readyz."),
        CaseStoreException => Of(StatusCodes.Status503ServiceUnavailable, "The case library cannot be searched just now.", "Try again later; whoever runs the server finds the reason in its log."),
        _ => null,
    };

    /// <summary>Gives problems that the framework wrote words for people.</summary>
    public static void Complete(ProblemDetails problem)
    {
        if (problem.Extensions.ContainsKey(Remedy)) return;
        (problem.Detail, problem.Extensions[Remedy]) = problem.Status switch
        {
            StatusCodes.Status400BadRequest => (problem.Detail ?? "The request cannot be read.", "The OpenAPI document at /openapi/v1.json describes each request."),
            StatusCodes.Status401Unauthorized => (problem.Detail ?? "The request shows no key.", "Send the header \"Authorization: Bearer KEY\"."),
            StatusCodes.Status404NotFound => (problem.Detail ?? "There is nothing at this address.", "Check the address."),
            StatusCodes.Status405MethodNotAllowed => (problem.Detail ?? "This address does not take that method.", "Check the method."),
            StatusCodes.Status413PayloadTooLarge => (problem.Detail ?? "The request is too large.", "Send less at once."),
            StatusCodes.Status415UnsupportedMediaType => (problem.Detail ?? "The request has a content type that is not read here.", "Send JSON, or photos as multipart/form-data."),
            StatusCodes.Status429TooManyRequests => (problem.Detail ?? "Too many requests at once.", "Wait as long as the header Retry-After says."),
            >= 500 => ("Something went wrong here.", "Try again; if it stays, tell whoever runs the server when it happened."),
            _ => (problem.Detail ?? problem.Title ?? "The request was refused.", "Check the request."),
        };
    }
}
