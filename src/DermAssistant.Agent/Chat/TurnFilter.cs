using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.SemanticKernel;

namespace DermAssistant.Agent;

/// <summary>Tells who waits which tool is running, and keeps what was called and what it returned.</summary>
internal sealed class TurnFilter(Phrasebook phrases, DermTools tools, IProgress<AnswerProgress>? progress) : IFunctionInvocationFilter
{
    private readonly Lock _gate = new();
    private readonly List<ToolCall> _calls = [];
    private readonly List<object?> _results = [];

    public IReadOnlyList<ToolCall> Calls
    {
        get
        {
            lock (_gate) return [.. _calls];
        }
    }

    public IReadOnlyList<object?> Results
    {
        get
        {
            lock (_gate) return [.. _results];
        }
    }

    public async Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
    {
        ArgumentNullException.ThrowIfNull(context);
        progress?.Report(new AnswerProgress(await WordsAsync(context.Function.Name, context.CancellationToken), context.Function.Name));
        await next(context);
        var arguments = new JsonObject();
        foreach (var (name, value) in context.Arguments.OrderBy(a => a.Key, StringComparer.Ordinal))
            arguments[name] = JsonSerializer.SerializeToNode(value, AgentJson.Options);
        lock (_gate)
        {
            _calls.Add(new ToolCall(context.Function.Name, arguments));
            _results.Add(context.Result.GetValue<object>());
        }
    }

    private async Task<string> WordsAsync(string tool, CancellationToken cancellationToken) =>
        tool == "find_similar_cases" && await tools.CountCasesAsync(cancellationToken) is { } cases
            ? phrases.Progress("find_similar_cases.count", ("cases", cases.ToString("N0", CultureInfo.InvariantCulture)))
            : phrases.Progress(tool);
}
