using System.Text.Json;
using DermAssistant.DermLip;

namespace DermAssistant.Diagnosis;

/// <summary>How well a pack's concept scores were measured to tell: <c>concepts.json</c>, an object of concept id to AUROC.</summary>
internal static class ConceptQuality
{
    public const string FileName = "concepts.json";

    /// <summary>AUROC by concept id; empty where the pack measured none.</summary>
    /// <exception cref="ModelPackException">The file is malformed.</exception>
    public static IReadOnlyDictionary<string, double> Load(string packDirectory)
    {
        var path = Path.Combine(packDirectory, FileName);
        var result = new Dictionary<string, double>(StringComparer.Ordinal);
        if (!File.Exists(path)) return result;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (var entry in document.RootElement.EnumerateObject())
            {
                var value = entry.Value.ValueKind == JsonValueKind.Object ? entry.Value.GetProperty("auroc") : entry.Value;
                if (value.ValueKind == JsonValueKind.Number) result[entry.Name] = value.GetDouble();
            }
            return result;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ModelPackException($"{path} cannot be read: {e.Message}", "Correct the file or remove the pack and add it again.", e);
        }
    }
}
