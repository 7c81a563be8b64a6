using System.Text.Json;
using System.Text.Json.Serialization;

namespace DermAssistant.Diagnosis;

/// <summary>The wordings of <c>prompts/</c> that the encoders and the measured concepts rest on.</summary>
/// <remarks>Immutable after loading and safe for concurrent use.</remarks>
public sealed class PromptLibrary
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Zero-shot templates by kind of photo: <c>skin</c> (any), <c>dermoscopic</c>, <c>clinical</c>; <c>{}</c> stands for the condition.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> ZeroShot { get; init; }

    /// <summary>The prompts of the concept presence score.</summary>
    public required ConceptPrompts Concepts { get; init; }

    /// <summary>Prompts by kind of picture.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Modalities { get; init; }

    /// <summary>How measurements speak for concepts.</summary>
    public required IReadOnlyList<MeasuredConceptRule> MeasuredConcepts { get; init; }

    /// <summary>Loads the folder <c>prompts/</c>.</summary>
    /// <exception cref="PromptException">A file is missing or malformed; names the file and the remedy.</exception>
    public static PromptLibrary Load(string directory)
    {
        var zeroShot = ReadFile<ZeroShotFile>(directory, "zero-shot.json");
        var concepts = ReadFile<ConceptPrompts>(directory, "concepts.json");
        var modality = ReadFile<ModalityFile>(directory, "modality.json");
        var measured = ReadFile<MeasuredFile>(directory, "measured-concepts.json");
        Require(zeroShot.Templates.ContainsKey("skin"), directory, "zero-shot.json", "has no templates called 'skin'");
        foreach (var (kind, templates) in zeroShot.Templates)
            Require(templates.Count > 0 && templates.All(HasSlot), directory, "zero-shot.json", $"has a template of '{kind}' without {{}}");
        Require(
            concepts.Templates.Count > 0 && concepts.Templates.All(HasSlot) && concepts.References.Count == concepts.Templates.Count,
            directory, "concepts.json", "needs templates with {} and one reference for each");
        Require(concepts.Temperature > 0, directory, "concepts.json", "needs a temperature above 0");
        return new PromptLibrary
        {
            ZeroShot = zeroShot.Templates,
            Concepts = concepts,
            Modalities = modality.Modalities,
            MeasuredConcepts = measured.Rules,
        };
    }

    /// <summary>The templates for a pack's kind of photo, or those for any.</summary>
    internal IReadOnlyList<string> TemplatesFor(string? modality) =>
        modality is not null && ZeroShot.TryGetValue(modality, out var templates) ? templates : ZeroShot["skin"];

    internal static bool HasSlot(string template) => template.Contains("{}", StringComparison.Ordinal);

    internal static string Fill(string template, string words) => template.Replace("{}", words, StringComparison.Ordinal);

    private static T ReadFile<T>(string directory, string name)
    {
        var path = Path.Combine(directory, name);
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Reading)
                ?? throw new PromptException($"{path} is empty.", "Restore the folder prompts/ of the product.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new PromptException($"The prompts in {path} cannot be read: {e.Message}", "Restore the folder prompts/ of the product.", e);
        }
    }

    private static void Require(bool condition, string directory, string name, string fault)
    {
        if (!condition)
            throw new PromptException($"{Path.Combine(directory, name)} {fault}.", "Correct the file or restore the folder prompts/ of the product.");
    }

    private sealed record ZeroShotFile([property: JsonRequired] IReadOnlyDictionary<string, IReadOnlyList<string>> Templates);

    private sealed record ModalityFile([property: JsonRequired] IReadOnlyDictionary<string, IReadOnlyList<string>> Modalities);

    private sealed record MeasuredFile([property: JsonRequired] IReadOnlyList<MeasuredConceptRule> Rules);
}

/// <summary>The prompts in <c>prompts/</c> cannot be used.</summary>
public sealed class PromptException(string message, string hint, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the user can do.</summary>
    public string Hint { get; } = hint;
}
