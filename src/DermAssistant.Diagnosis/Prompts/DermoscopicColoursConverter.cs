using System.Text.Json;
using System.Text.Json.Serialization;
using DermAssistant.Imaging;

namespace DermAssistant.Diagnosis;

/// <summary>Reads names of dermoscopic colours.</summary>
internal sealed class DermoscopicColoursConverter : JsonConverter<IReadOnlyList<DermoscopicColour>>
{
    public override IReadOnlyList<DermoscopicColour> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var names = JsonSerializer.Deserialize<string[]>(ref reader, options) ?? [];
        return Array.ConvertAll(names, name => Enum.TryParse<DermoscopicColour>(name, ignoreCase: true, out var colour)
            ? colour
            : throw new JsonException($"'{name}' is none of the six dermoscopic colours ({string.Join(", ", Enum.GetNames<DermoscopicColour>())})."));
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<DermoscopicColour> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Select(colour => colour.ToString()).ToArray(), options);
}
