using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DermAssistant.Channels.Activities;

/// <summary>Activities as JSON: camelCase, absent instead of null.</summary>
public static class ActivityJson
{
    /// <summary>Reads an activity.</summary>
    /// <exception cref="JsonException">The text is no JSON object, or a field has the wrong type.</exception>
    public static Activity Read(ReadOnlySpan<byte> utf8) => Whole(JsonSerializer.Deserialize(utf8, ActivityContext.Relaxed.Activity));

    /// <summary>Reads an activity.</summary>
    /// <exception cref="JsonException">The text is no JSON object, or a field has the wrong type.</exception>
    public static Activity Read(string json) => Whole(JsonSerializer.Deserialize(json, ActivityContext.Relaxed.Activity));

    public static byte[] Write(Activity activity) => JsonSerializer.SerializeToUtf8Bytes(activity, ActivityContext.Relaxed.Activity);

    public static string WriteText(Activity activity) => JsonSerializer.Serialize(activity, ActivityContext.Relaxed.Activity);

    // Generated code sets what is absent to null, initialisers notwithstanding.
    private static Activity Whole(Activity? read) => read is null
        ? throw new JsonException("An activity is a JSON object, not null.")
        : read with { Type = read.Type ?? "" };
}

/// <summary>Generated code that reads and writes activities.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Activity))]
[JsonSerializable(typeof(IReadOnlyList<Activity>))]
internal sealed partial class ActivityContext : JsonSerializerContext
{
    // Answers are plain words: letters outside ASCII stay readable. What is sent as JSON is never put into HTML unescaped.
    public static ActivityContext Relaxed { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
