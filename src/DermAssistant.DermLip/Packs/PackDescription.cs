using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DermAssistant.DermLip;

/// <summary><c>pack.json</c>: the manifest, what the encoders need, and the files.</summary>
internal sealed record PackDescription(PackManifest Manifest, PackDetails Details, IReadOnlyList<PackFile> Files)
{
    public const string FileName = "pack.json";

    public const int FormatVersion = 1;

    private static readonly Lazy<JsonSerializerOptions> Json = new(() => new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    });

    public void Write(string folder)
    {
        var root = new JsonObject { ["formatVersion"] = FormatVersion };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(Manifest, Json.Value)!.AsObject())
            root[name] = value?.DeepClone();
        root["details"] = JsonSerializer.SerializeToNode(Details, Json.Value);
        root["files"] = JsonSerializer.SerializeToNode(Files, Json.Value);
        File.WriteAllText(Path.Combine(folder, FileName), root.ToJsonString(Json.Value) + "\n");
    }

    /// <exception cref="ModelPackException">The file is missing, damaged or of a newer product.</exception>
    public static PackDescription Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            return PackDescriptionReader.Read(json.RootElement, path);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or FormatException)
        {
            throw new ModelPackException($"{path} cannot be read: {e.Message}", "Remove the pack and add it again.", e);
        }
    }

    /// <summary>Checks that the files are those the pack was made with.</summary>
    /// <param name="hashLimit">Larger files are checked by size only; their content is covered by the golden vectors.</param>
    public void CheckFiles(string folder, long hashLimit)
    {
        foreach (var file in Files)
        {
            var found = new FileInfo(Path.Combine(folder, file.Name));
            if (!found.Exists)
                throw new ModelPackException($"The pack {Manifest.Id} lacks the file {found.FullName}.", "Remove the pack and add it again.");
            if (found.Length != file.Size || file.Size <= hashLimit && PackFile.Of(folder, file.Name).Sha256 != file.Sha256)
                throw new ModelPackException(
                    $"The file {found.FullName} of the pack {Manifest.Id} was changed or damaged.", "Remove the pack and add it again.");
        }
    }
}
