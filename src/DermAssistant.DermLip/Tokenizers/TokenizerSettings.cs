using System.Text.Json;

namespace DermAssistant.DermLip;

/// <summary>What the files beside a BERT's vocabulary say of how its words are made.</summary>
internal static class TokenizerSettings
{
    public const string FileName = "tokenizer_config.json";

    private static readonly string[] InConfig = ["do_lower_case", "strip_accents", "tokenize_chinese_chars"];

    private static readonly string[] InNormalizer = ["lowercase", "strip_accents", "handle_chinese_chars"];

    /// <summary>Refuses a folder whose tokenizer keeps capitals or accents, or leaves ideographs together: every caption would be read as another.</summary>
    /// <exception cref="ModelPackException">A setting is not that of BERT's uncased tokenizer.</exception>
    public static void RequireUncased(string folder)
    {
        Require(Path.Combine(folder, FileName), InConfig, root => root);
        Require(Path.Combine(folder, TokenizerFolder.TokenizerJson), InNormalizer, root => root.TryGetProperty("normalizer", out var normalizer) ? normalizer : default);
    }

    private static void Require(string path, string[] keys, Func<JsonElement, JsonElement> section)
    {
        if (!File.Exists(path)) return;
        try
        {
            using var json = JsonDocument.Parse(InputFile.ReadBytes(path));
            var settings = section(json.RootElement);
            foreach (var key in keys)
                if (settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.False)
                    throw new ModelPackException(
                        $"{path}: {key} is false, but only the uncased tokenizer of BERT is supported.",
                        "Use a model with an uncased BERT; if the file belongs to another model, remove it from the folder.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ModelPackException($"{path} is not the JSON of a tokenizer.", "Download the file again, or remove it from the folder.", e);
        }
    }
}
