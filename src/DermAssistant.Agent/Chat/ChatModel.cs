using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;

namespace DermAssistant.Agent;

/// <summary>A chat model with the name it goes by in answers.</summary>
/// <param name="Timeout">How long a turn may take with it, or null for as long as it needs.</param>
internal sealed record ChatModel(string Name, IChatClient Client, TimeSpan? Timeout)
{
    /// <summary>A language model behind an OpenAI-compatible endpoint; requests that fail for a passing reason are repeated with growing pauses.</summary>
    public static ChatModel For(LanguageModelOptions options)
    {
        var client = new OpenAIClient(
            new ApiKeyCredential(string.IsNullOrEmpty(options.ApiKey) ? "none" : options.ApiKey),
            new OpenAIClientOptions
            {
                Endpoint = options.Endpoint,
                NetworkTimeout = options.Timeout,
                RetryPolicy = new ClientRetryPolicy(options.Retries),
            });
        return new ChatModel(options.Model, client.GetChatClient(options.Model).AsIChatClient(), options.TurnTimeout);
    }
}
