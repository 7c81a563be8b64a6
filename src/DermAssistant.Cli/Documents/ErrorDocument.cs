using System.Text.Json;
using System.Text.Json.Nodes;

namespace DermAssistant.Cli;

/// <summary>A failure for scripts: <c>code</c>, <c>message</c>, <c>hint</c>.</summary>
internal static class ErrorDocument
{
    public static JsonObject Of(CommandException failure) => new()
    {
        ["code"] = JsonNamingPolicy.CamelCase.ConvertName(failure.Code.ToString()),
        ["message"] = failure.Message,
        ["hint"] = failure.Hint,
    };
}
