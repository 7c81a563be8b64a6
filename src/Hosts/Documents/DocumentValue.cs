using System.Text.Json;
using System.Text.Json.Nodes;

namespace DermAssistant.Hosts;

/// <summary>Values as the documents write them.</summary>
internal static class DocumentValue
{
    /// <summary>A number; null where it is not finite, which JSON cannot say.</summary>
    public static JsonNode? Number(double? value) => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;

    /// <summary>An enumeration's value in camelCase.</summary>
    public static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]);

    public static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> document) => new([.. items.Select(document)]);
}
