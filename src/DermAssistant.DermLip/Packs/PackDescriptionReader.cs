using System.Text.Json;

namespace DermAssistant.DermLip;

/// <summary>Reads <c>pack.json</c> member by member: every start does, and a serializer takes a tenth of a second to find out how.</summary>
internal static class PackDescriptionReader
{
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="JsonException">A member is missing or of another kind.</exception>
    /// <exception cref="ModelPackException">It is of a newer product.</exception>
    public static PackDescription Read(JsonElement root, string path)
    {
        var version = Optional(root, "formatVersion");
        if (version is not { ValueKind: JsonValueKind.Number } || !version.Value.TryGetInt32(out var number) || number != PackDescription.FormatVersion)
            throw new ModelPackException(
                $"{path} has the format version {version?.GetRawText() ?? "none"}; this product reads {PackDescription.FormatVersion}.",
                "Add the model again with this version of the product.");
        var details = Required(root, "details");
        var files = new List<PackFile>();
        foreach (var file in Required(root, "files").EnumerateArray())
            files.Add(new PackFile(Text(file, "name"), Required(file, "size").GetInt64(), Text(file, "sha256")));
        return new PackDescription(
            Manifest(root),
            new PackDetails(
                Whole(details, "imageSize"), Whole(details, "patchGrid"), Whole(details, "contextLength"), Whole(details, "vocabularySize"),
                Whole(details, "padId"), Required(details, "causal").GetBoolean()),
            files);
    }

    private static PackManifest Manifest(JsonElement root) => new(
        Text(root, "id"), Text(root, "version"), Text(root, "name"), Text(root, "licence"), Whole(root, "embeddingDimension"), Number(root, "logitScale"),
        Text(root, "imageTower"), Text(root, "textTower"))
    {
        ImageViews = Optional(root, "imageViews")?.GetString() switch
        {
            null or "single" => ImageViews.Single,
            "dihedral" => ImageViews.Dihedral,
            var other => throw new JsonException($"imageViews is {other}"),
        },
        QuickGelu = Optional(root, "quickGelu")?.GetBoolean() ?? false,
        Precision = Optional(root, "precision")?.GetString() switch
        {
            null or "float32" => PackPrecision.Float32,
            "int8" => PackPrecision.Int8,
            var other => throw new JsonException($"precision is {other}"),
        },
        Quantization = Optional(root, "quantization") is { } error ? Quantization(error) : null,
        Tokenizer = Optional(root, "tokenizer")?.GetString(),
    };

    private static QuantizationError Quantization(JsonElement error) => new(
        Whole(error, "images"), Number(error, "minImageCosine"), Number(error, "meanImageCosine"), Number(error, "top1Agreement"), Whole(error, "texts"), Number(error, "minTextCosine"))
    {
        Labels = Optional(error, "labels")?.GetInt32(),
        Auroc = Optional(error, "auroc") is { } auroc
            ? new QuantizationAuroc(Whole(auroc, "photos"), Whole(auroc, "classes"), Number(auroc, "float32"), Number(auroc, "int8"))
            : null,
    };

    private static JsonElement? Optional(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static JsonElement Required(JsonElement parent, string name) => Optional(parent, name) ?? throw new JsonException($"{name} is missing");

    private static string Text(JsonElement parent, string name) => Required(parent, name).GetString()!;

    private static int Whole(JsonElement parent, string name) => Required(parent, name).GetInt32();

    private static double Number(JsonElement parent, string name) => Required(parent, name).GetDouble();
}
