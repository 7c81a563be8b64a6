using Microsoft.Extensions.AI;

namespace DermAssistant.Agent;

/// <summary>The built-in chat model that needs no language model: understands by rule, asks for tools, words the answer from their results.</summary>
/// <remarks>Stateless and safe for concurrent use. The same messages give the same response; nothing depends on time or chance.</remarks>
internal sealed class Narrator(QuestionReader reader, NarratorVoice voice) : IChatClient
{
    /// <summary>The name it goes by in answers.</summary>
    public const string Name = "narrator";

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        cancellationToken.ThrowIfCancellationRequested();
        var all = messages.ToList();
        var asked = all.FindLastIndex(message => message.Role == ChatRole.User);
        if (asked < 0) throw new ArgumentException("There is no question among the messages.", nameof(messages));
        var briefing = all.Where(m => m.Role == ChatRole.System).Select(m => Briefing.FromMessage(m.Text)).LastOrDefault(b => b is not null)
            ?? throw new ArgumentException("There is no briefing among the messages.", nameof(messages));

        var meaning = reader.Read(all[asked].Text, briefing.Photos.Count > 0, briefing.Photos.Concat(briefing.Refused).Any(p => p.New), briefing.NewSigns, briefing.Photos.Count + briefing.Refused.Count > 1);
        var plan = new NarratorPlan(meaning, briefing, new ToolLog(all.Skip(asked + 1)));
        var missing = plan.Missing();
        var message = missing.Count > 0 && options?.Tools is { Count: > 0 } tools
            ? new ChatMessage(ChatRole.Assistant, [.. missing.Select(request => (AIContent)Call(request, tools))])
            : new ChatMessage(ChatRole.Assistant, voice.Write(plan));
        return Task.FromResult(new ChatResponse(message)
        {
            ModelId = Name,
            FinishReason = missing.Count > 0 ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
        });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates()) yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        return serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("derm", null, Name) : serviceType.IsInstanceOfType(this) ? this : null;
    }

    public void Dispose()
    {
        // Holds nothing that needs disposal.
    }

    // The kernel offers its functions under a name of its own making that ends in the function's.
    private static FunctionCallContent Call(ToolRequest request, IList<AITool> tools)
    {
        var offered = tools.FirstOrDefault(tool => tool.Name == request.Tool || (tool.Name.EndsWith(request.Tool, StringComparison.Ordinal) && tool.Name.StartsWith(DermTools.Plugin, StringComparison.Ordinal)))
            ?? throw new InvalidOperationException($"The kernel offers no tool {request.Tool}.");
        return new FunctionCallContent(request.Key, offered.Name, new Dictionary<string, object?>(request.Arguments));
    }
}
