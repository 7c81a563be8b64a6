using System.Text.Json;
using DermAssistant.DermLip;

namespace DermAssistant.Diagnosis;

/// <summary>How well a pack's detector of one concept was measured to tell photos that show it.</summary>
/// <param name="Auroc">Area under the ROC curve, 0..1.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Photos">Number of photos.</param>
/// <param name="Positives">How many of them show the concept.</param>
/// <param name="MeasuredOn">The labelled set, in words.</param>
/// <param name="Date">Of the measurement, ISO 8601.</param>
/// <param name="Prompts">A hash of the prompts; with other prompts the figure does not hold.</param>
public sealed record MeasuredDetector(double Auroc, double? Low, double? High, int? Photos, int? Positives, string? MeasuredOn, string? Date, string? Prompts);

/// <summary>What was measured of a pack's concept detectors: <c>concepts.json</c>, an object of concept id to figures.</summary>
public static class ConceptQuality
{
    /// <summary>The name of the file in a pack.</summary>
    public const string FileName = "concepts.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, IndentSize = 1 };

    /// <summary>Figures by concept id; empty where the pack measured none.</summary>
    /// <exception cref="ModelPackException">The file is malformed.</exception>
    public static IReadOnlyDictionary<string, MeasuredDetector> Load(string packDirectory)
    {
        var path = Path.Combine(packDirectory, FileName);
        if (!File.Exists(path)) return new Dictionary<string, MeasuredDetector>();
        try
        {
            var read = JsonSerializer.Deserialize<Dictionary<string, MeasuredDetector>>(File.ReadAllBytes(path), Options) ?? throw new JsonException("the file is empty");
            return read.All(pair => pair.Value is { Auroc: >= 0 and <= 1 }) ? read : throw new JsonException("an auroc is missing or not between 0 and 1");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ModelPackException($"{path} cannot be read: {e.Message}", "Measure again with 'derm eval concepts --store', or delete the file.", e);
        }
    }

    /// <summary>Puts figures into a pack; those of concepts not among them stay.</summary>
    /// <exception cref="ModelPackException">The pack cannot be written to, or its old file is malformed.</exception>
    public static void Store(string packDirectory, IReadOnlyDictionary<string, MeasuredDetector> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var all = new SortedDictionary<string, MeasuredDetector>(Load(packDirectory).ToDictionary(), StringComparer.Ordinal);
        foreach (var (id, figure) in figures) all[id] = figure;
        var path = Path.Combine(packDirectory, FileName);
        PackFileWriter.Write(path, [.. JsonSerializer.SerializeToUtf8Bytes(all, Options), (byte)'\n']);
    }
}
