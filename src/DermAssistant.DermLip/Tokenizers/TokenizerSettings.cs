using System.Text.Json;

namespace DermAssistant.DermLip;

/// <summary>What a <c>tokenizer_config.json</c> says of how BERT's words are made.</summary>
internal static class TokenizerSettings
{
    public const string FileName = "tokenizer_config.json";

    /// <summary>Refuses the settings of a tokenizer that keeps capitals or accents, or leaves ideographs together: every caption would be read as another.</summary>
    /// <exception cref="ModelPackException">A setting is not that of BERT's uncased tokenizer.</exception>
    public static void RequireUncased(string path)
    {
        foreach (var key in new[] { "do_lower_case", "strip_accents", "tokenize_chinese_chars" })
            if (Value(path, key) is JsonValueKind.False)
                throw new ModelPackException(
                    $"{path}: {key} is false, but only the uncased tokenizer of BERT is supported.",
                    "Use a model with an uncased BERT; if the file belongs to another model, remove it from the folder.");
    }

    private static JsonValueKind? Value(string path, string key)
    {
        try
        {
            using var json = JsonDocument.Parse(InputFile.ReadBytes(path));
            return json.RootElement.TryGetProperty(key, out var value) ? value.ValueKind : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ModelPackException($"{path} is not the JSON of a tokenizer's settings.", "Download the file again, or remove it from the folder.", e);
        }
    }
}
