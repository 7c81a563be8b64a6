using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DermAssistant.Agent;

/// <summary>A tool the narrator wants run.</summary>
internal sealed record ToolRequest(string Tool, IReadOnlyDictionary<string, object?> Arguments)
{
    public static ToolRequest ForPhoto(string tool, int photo) => new(tool, new Dictionary<string, object?> { ["photo"] = photo });

    public static ToolRequest For(string tool, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        var named = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments) named[name] = value;
        return new(tool, named);
    }

    /// <summary>Equal for equal requests.</summary>
    public string Key => $"{Tool}({string.Join(", ", Arguments.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={Convert.ToString(a.Value, CultureInfo.InvariantCulture)}"))})";
}

/// <summary>The tool calls and results since the question, as they stand in the messages.</summary>
internal sealed class ToolLog
{
    private readonly Dictionary<string, object?> _results = new(StringComparer.Ordinal);

    public ToolLog(IEnumerable<ChatMessage> sinceQuestion)
    {
        var requests = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var content in sinceQuestion.SelectMany(message => message.Contents))
        {
            // The key of a call is carried in its id, which every layer hands back unchanged.
            if (content is FunctionCallContent call) requests[call.CallId] = call.CallId;
            else if (content is FunctionResultContent result && requests.TryGetValue(result.CallId, out var key)) _results[key] = result.Result;
        }
    }

    public bool Has(ToolRequest request) => _results.ContainsKey(request.Key);

    /// <summary>The typed result of a call, or null where the call has none (yet) or failed.</summary>
    public T? Result<T>(ToolRequest request)
        where T : class => _results.GetValueOrDefault(request.Key) switch
        {
            T typed => typed,
            JsonElement { ValueKind: JsonValueKind.Object } json => json.Deserialize<T>(AgentJson.Options),
            string text when text.StartsWith('{') => JsonSerializer.Deserialize<T>(text, AgentJson.Options),
            _ => null,
        };
}
