using System.Text.Json;
using System.Text.Json.Serialization;

namespace DermAssistant.Training;

/// <summary>The wording of one diagnosis.</summary>
/// <param name="Names">The first is the prompt's name; the others vary the captions.</param>
public sealed record CaptionLabel(string Code, IReadOnlyList<string> Names);

/// <summary>How captions are worded: names, templates and phrases, read from <c>prompts/training/</c>.</summary>
public sealed record CaptionGrammar(
    IReadOnlyList<CaptionLabel> Labels,
    IReadOnlyList<string> Templates,
    IReadOnlyDictionary<string, string> Sites,
    IReadOnlyDictionary<string, string> Sex,
    IReadOnlyDictionary<string, string> Colours,
    IReadOnlyDictionary<string, string> Phrases)
{
    /// <summary>Reads a grammar.</summary>
    /// <exception cref="TrainingException">The file is missing or malformed.</exception>
    public static CaptionGrammar Load(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, CaptionGrammarJson.Default.CaptionGrammar)
                ?? throw new JsonException("the file is empty");
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new TrainingException($"The caption grammar {path} cannot be read: {e.Message}", "Restore the file from the repository.", e);
        }
    }

    /// <summary>Every sentence part that can occur, for the vocabulary.</summary>
    internal IEnumerable<string> Texts =>
        [.. Labels.SelectMany(l => l.Names), .. Templates, .. Sites.Values, .. Sex.Values, .. Colours.Values, .. Phrases.Values];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CaptionGrammar))]
internal sealed partial class CaptionGrammarJson : JsonSerializerContext;
