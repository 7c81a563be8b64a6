using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DermAssistant.Web;

/// <summary>What the OpenAPI document says of the API as a whole.</summary>
internal static class ApiDescription
{
    public static void Describe(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info = new OpenApiInfo
        {
            Title = "DermAssistant",
            Version = "1",
            Description = "Questions about skin photos, answered from evidence. Decision support for professionals and research, not a medical device. "
                + "The JSON is that of the command line (derm … --json): fields are added, none renamed or removed. Failures are ProblemDetails with a field remedy.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "One of the keys in Api:Keys. Where there are none, programs on the server itself need no key." },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
        return Task.CompletedTask;
    });
}
