using DermAssistant.Agent;
using DermAssistant.Imaging;

namespace DermAssistant.Hosts;

/// <summary>What users set through their environment.</summary>
internal static class UserSettings
{
    /// <summary>The photo gate's limits; DERM_EXTENDED_FORMATS=1 lets HEIC, AVIF and TIFF in.</summary>
    public static PhotoGateOptions PhotoGate() => new() { AllowExtendedFormats = Environment.GetEnvironmentVariable("DERM_EXTENDED_FORMATS") == "1" };

    /// <summary>The language model named by DERM_LLM_ENDPOINT, DERM_LLM_MODEL and DERM_LLM_KEY, or null for the narrator.</summary>
    /// <exception cref="AgentSetupException">The endpoint is no address.</exception>
    public static LanguageModelOptions? LanguageModel()
    {
        var endpoint = Environment.GetEnvironmentVariable("DERM_LLM_ENDPOINT");
        if (string.IsNullOrWhiteSpace(endpoint)) return null;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address))
            throw new AgentSetupException($"DERM_LLM_ENDPOINT is no address: {endpoint}", "Give an OpenAI-compatible address such as http://localhost:11434/v1, or unset it to use the built-in narrator.");
        return new LanguageModelOptions
        {
            Endpoint = address,
            Model = Environment.GetEnvironmentVariable("DERM_LLM_MODEL") ?? "",
            ApiKey = Environment.GetEnvironmentVariable("DERM_LLM_KEY"),
        };
    }
}
