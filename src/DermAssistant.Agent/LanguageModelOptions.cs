namespace DermAssistant.Agent;

/// <summary>A language model behind an OpenAI-compatible endpoint.</summary>
public sealed record LanguageModelOptions
{
    /// <summary>The address of the API, for example <c>http://localhost:11434/v1</c>.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The model's name as the endpoint knows it.</summary>
    public string Model { get; init; } = "";

    /// <summary>The key, or null for an endpoint that needs none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How long one request may take before it counts as failed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a whole turn may take, retries and tool calls included, before the narrator takes over.</summary>
    public TimeSpan TurnTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How often a request that failed for a passing reason is repeated; 0 to 10.</summary>
    public int Retries { get; init; } = 3;

    internal void Validate()
    {
        AgentOptions.Require(Endpoint is { IsAbsoluteUri: true, Scheme: "http" or "https" }, "LanguageModel.Endpoint", "give an absolute http or https address");
        AgentOptions.Require(!string.IsNullOrWhiteSpace(Model), "LanguageModel.Model", "give the model's name");
        AgentOptions.Require(Timeout > TimeSpan.Zero, "LanguageModel.Timeout", "give a positive time span");
        AgentOptions.Require(TurnTimeout >= Timeout, "LanguageModel.TurnTimeout", "give at least LanguageModel.Timeout");
        AgentOptions.Require(Retries is >= 0 and <= 10, "LanguageModel.Retries", "give 0 to 10");
    }
}
