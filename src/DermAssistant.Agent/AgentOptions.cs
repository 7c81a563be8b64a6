namespace DermAssistant.Agent;

/// <summary>How the agent is set up.</summary>
public sealed record AgentOptions
{
    /// <summary>The folder <c>prompts/</c>; the agent reads <c>narrator.json</c> and <c>agent/</c> in it.</summary>
    public string PromptsDirectory { get; init; } = "";

    /// <summary>Where conversations are kept as files, or null to keep them in memory only.</summary>
    public string? ConversationsDirectory { get; init; }

    /// <summary>The longest question taken, in characters; at least 100.</summary>
    public int MaxQuestionLength { get; init; } = 8_000;

    /// <summary>The most photos one question may bring; at least 1.</summary>
    public int MaxPhotosPerQuestion { get; init; } = 8;

    /// <summary>How many similar cases are looked for; 1 to 20.</summary>
    public int SimilarCases { get; init; } = 5;

    /// <summary>How often a chat model may ask for tools in one turn before it must answer; 1 to 20.</summary>
    public int MaxToolRounds { get; init; } = 6;

    /// <summary>How many conversations the memory store keeps; the longest unused is dropped first.</summary>
    public int MaxConversationsInMemory { get; init; } = 10_000;

    /// <summary>How long an unused conversation stays in the memory store.</summary>
    public TimeSpan ConversationLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The language model that takes the narrator's place, or null for the narrator.</summary>
    public LanguageModelOptions? LanguageModel { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="AgentSetupException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        Require(!string.IsNullOrWhiteSpace(PromptsDirectory), nameof(PromptsDirectory), "give the folder that holds narrator.json and agent/");
        Require(MaxQuestionLength >= 100, nameof(MaxQuestionLength), "give at least 100");
        Require(MaxPhotosPerQuestion >= 1, nameof(MaxPhotosPerQuestion), "give at least 1");
        Require(SimilarCases is >= 1 and <= 20, nameof(SimilarCases), "give 1 to 20");
        Require(MaxToolRounds is >= 1 and <= 20, nameof(MaxToolRounds), "give 1 to 20");
        Require(MaxConversationsInMemory >= 1, nameof(MaxConversationsInMemory), "give at least 1");
        Require(ConversationLifetime > TimeSpan.Zero, nameof(ConversationLifetime), "give a positive time span");
        LanguageModel?.Validate();
    }

    internal static void Require(bool holds, string option, string remedy)
    {
        if (!holds) throw new AgentSetupException($"The agent's option {option} cannot be used.", $"For {option}, {remedy}.");
    }
}
