using System.Text.Json;

namespace DermAssistant.Agent;

/// <summary>Reads the agent's files under <c>prompts/</c>.</summary>
internal static class PromptFile
{
    private const string Remedy = "Restore the file from the release, or point PromptsDirectory at a complete prompts folder.";

    // A part left out of a file is an error at start, not a null in the middle of an answer.
    private static readonly JsonSerializerOptions Strict = new(AgentJson.Options)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <exception cref="AgentSetupException">The file is missing or malformed.</exception>
    public static T Read<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(ReadText(path), Strict)
                ?? throw new AgentSetupException($"{path} is empty.", Remedy);
        }
        catch (JsonException e)
        {
            throw new AgentSetupException($"{path} cannot be read: {e.Message}", Remedy, e);
        }
    }

    /// <exception cref="AgentSetupException">The file is missing.</exception>
    public static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentSetupException($"{path} cannot be read: {e.Message}", Remedy, e);
        }
    }
}
