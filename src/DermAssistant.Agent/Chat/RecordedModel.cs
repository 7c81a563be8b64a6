using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace DermAssistant.Agent;

/// <summary>Says again what a language model said: asks for the recorded tools, then gives the recorded draft. For replaying a bundle.</summary>
internal sealed class RecordedModel(IReadOnlyList<ToolCall> calls, string draft) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var done = messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Count();
        var message = done < calls.Count && options?.Tools is { Count: > 0 } tools
            ? new ChatMessage(ChatRole.Assistant, [Call(done, tools)])
            : new ChatMessage(ChatRole.Assistant, draft);
        return Task.FromResult(new ChatResponse(message));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates()) yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // Holds nothing that needs disposal.
    }

    private FunctionCallContent Call(int number, IList<AITool> tools)
    {
        var call = calls[number];
        var name = tools.FirstOrDefault(tool => tool.Name.EndsWith(call.Tool, StringComparison.Ordinal))?.Name ?? call.Tool;
        return new FunctionCallContent(number.ToString(CultureInfo.InvariantCulture), name, call.Arguments.ToDictionary(a => a.Key, a => (object?)a.Value?.DeepClone()));
    }
}
