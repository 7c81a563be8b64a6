using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace DermAssistant.Agent;

/// <summary>What came of a turn with a chat model.</summary>
internal sealed record TurnDraft(string Text, IReadOnlyList<ToolCall> Calls, IReadOnlyList<object?> Results);

/// <summary>Lets a chat model answer one question through a kernel that holds the tools.</summary>
/// <remarks>The narrator and a language model take the same path: the kernel runs the tools either asks for.</remarks>
internal sealed class ChatTurn(string systemPrompt, Phrasebook phrases, int maxToolRounds)
{
    // How much of the conversation a language model is shown.
    private const int RememberedTurns = 6;

    /// <exception cref="OperationCanceledException">The turn was cancelled or took longer than the model's timeout.</exception>
    public async Task<TurnDraft> RunAsync(
        ChatModel model,
        DermTools tools,
        Briefing briefing,
        IReadOnlyList<ConversationTurn> earlier,
        string question,
        IProgress<AnswerProgress>? progress,
        CancellationToken cancellationToken)
    {
        var filter = new TurnFilter(phrases, tools, progress);
        var builder = Kernel.CreateBuilder();
        builder.Plugins.AddFromObject(tools, DermTools.Plugin);
        var kernel = builder.Build();
        kernel.FunctionInvocationFilters.Add(filter);

        var history = new ChatHistory();
        history.AddSystemMessage(systemPrompt);
        foreach (var turn in earlier.TakeLast(RememberedTurns))
        {
            history.AddUserMessage(turn.Question);
            history.AddAssistantMessage(turn.Answer);
        }

        history.AddSystemMessage(briefing.ToMessage());
        history.AddUserMessage(question);

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (model.Timeout is { } limit) timeout.CancelAfter(limit);
        var settings = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };
        var reply = await Service(model.Client).GetChatMessageContentAsync(history, settings, kernel, timeout.Token);
        return new TurnDraft(reply.Content ?? "", filter.Calls, filter.Results);
    }

    private IChatCompletionService Service(IChatClient client)
    {
        var invoking = new ChatClientBuilder(client).UseKernelFunctionInvocation().Build();
        // The last round is made without tools, so that a model that never stops asking has to answer.
        if (invoking.GetService<FunctionInvokingChatClient>() is { } loop) loop.MaximumIterationsPerRequest = maxToolRounds;
        return invoking.AsChatCompletionService();
    }
}
