using System.Text.Json;

namespace DermAssistant.DermLip;

/// <summary>An object of a configuration, read member by member; whatever is out of range or of another kind is refused by name.</summary>
/// <param name="name">Where it lies in the file, as <c>vision_cfg</c>; empty for the whole file.</param>
/// <param name="source">The file, for messages.</param>
internal sealed class ConfigSection(JsonElement section, string name, string source)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="ModelPackException">It is not a JSON object, or names a member twice.</exception>
    public static ConfigSection Parse(string json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new ConfigSection(document.RootElement.Clone(), "", source)
                : throw Unusable(source, "it is not a JSON object");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Unusable(source, $"it is not JSON that can be relied on ({e.Message.TrimEnd('.')})", e);
        }
    }

    public bool Has(string key) => Find(key) is not null;

    /// <summary>A part of this one, or null.</summary>
    public ConfigSection? Part(string key) => Find(key) is not { } value
        ? null
        : value.ValueKind == JsonValueKind.Object ? new ConfigSection(value, key, source) : throw Unfit(key, value, "no object");

    /// <summary>A whole number from 1 to <paramref name="most"/>.</summary>
    /// <param name="otherwise">What stands for a missing one; null where it must be there.</param>
    public int Whole(string key, int? otherwise, int most) => Find(key) is { } value ? Whole(key, value, 1, most) : otherwise ?? throw Missing(key);

    /// <summary>A whole number from 0 to below <paramref name="end"/>.</summary>
    public int Index(string key, int otherwise, int end) => Find(key) is { } value ? Whole(key, value, 0, end - 1) : otherwise;

    /// <summary>A side of a square, given once or as height and width.</summary>
    public int Side(string key, int otherwise, int most)
    {
        if (Find(key) is not { } value) return otherwise;
        if (value.ValueKind != JsonValueKind.Array) return Whole(key, value, 1, most);
        return value.GetArrayLength() == 2 && Whole(key, value[0], 1, most) is var height && Whole(key, value[1], 1, most) == height
            ? height
            : throw Unfit(key, value, "not one number or two equal ones");
    }

    /// <summary>One whole number, or a list of them; each from 1 to <paramref name="most"/>.</summary>
    public int[] Wholes(string key, int otherwise, int most) => Find(key) switch
    {
        null => [otherwise],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(value => Whole(key, value, 1, most))],
        { } value => [Whole(key, value, 1, most)],
    };

    /// <summary>A number above 0 up to <paramref name="most"/>.</summary>
    public double Number(string key, double otherwise, double most) => Find(key) is not { } value
        ? otherwise
        : Real(key, value) is var number && number > 0 && number <= most ? number : throw Unfit(key, value, $"not above 0 and up to {most}");

    /// <summary>Three numbers, one a colour; a single one stands for all.</summary>
    public float[] Colours(string key, float[] otherwise)
    {
        if (Find(key) is not { } value) return otherwise;
        var several = value.ValueKind == JsonValueKind.Array;
        if (several && value.GetArrayLength() != 3) throw Unfit(key, value, "not three numbers");
        var numbers = new float[3];
        for (var colour = 0; colour < 3; colour++)
        {
            numbers[colour] = (float)Real(key, several ? value[colour] : value);
            if (!float.IsFinite(numbers[colour])) throw Unfit(key, value, "not three numbers");
        }

        return numbers;
    }

    public bool Flag(string key) => Find(key) switch
    {
        null or { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.True } => true,
        { } value => throw Unfit(key, value, "neither true nor false"),
    };

    /// <summary>A text, or null where it is missing or empty.</summary>
    public string? Text(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => Plain(value) is { Length: > 0 } text ? text : null,
        { } value => throw Unfit(key, value, "no text"),
    };

    /// <summary>Refuses settings that change the network in a way the towers do not know.</summary>
    public void Refuse(params (string Key, string? Allowed)[] settings)
    {
        foreach (var (key, allowed) in settings)
            if (Find(key) is { } value && !string.Equals(Plain(value), allowed, StringComparison.OrdinalIgnoreCase))
                throw Unusable(source, $"{Name(key)} = {Short(Plain(value))} asks for an architecture that is not supported");
    }

    public ModelPackException Missing(string key) => Unusable(source, $"{Name(key)} is missing");

    public ModelPackException Unfit(string key, string why) => Unusable(source, $"{Name(key)} is {why}");

    public static ModelPackException Unusable(string source, string why, Exception? inner = null) => new(
        $"{source}: {why}.",
        "Supported are the open_clip models CLIP ViT, CLIP ResNet, PanDerm and their CLIP or BERT text towers; use the configuration that belongs to the checkpoint.",
        inner);

    private ModelPackException Unfit(string key, JsonElement value, string why) => Unfit(key, $"{Short(value.GetRawText())}, which is {why}");

    private JsonElement? Find(string key) => section.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string Name(string key) => name.Length == 0 ? key : $"{name}.{key}";

    private int Whole(string key, JsonElement value, int least, int most) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Unfit(key, value, $"no whole number from {least} to {most}");

    private double Real(string key, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : throw Unfit(key, value, "no number");

    private static string Short(string text)
    {
        const int Shown = 60;
        return text.Length <= Shown ? text : text[..Shown] + "…";
    }

    /// <summary>A text without its quotes, anything else as it stands.</summary>
    private static string Plain(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair; its escape sequence says more than a refusal of the whole file.
            return value.GetRawText();
        }
    }
}
