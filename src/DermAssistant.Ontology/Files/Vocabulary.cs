using System.Text;

namespace DermAssistant.Ontology.Files;

/// <summary>The words of an enumeration as the data files write them.</summary>
internal static class Vocabulary<T> where T : struct, Enum
{
    private static readonly Dictionary<string, T> Words = Enum.GetValues<T>().ToDictionary(CamelCase);

    public static string Listed { get; } = string.Join(", ", Words.Keys);

    public static bool TryRead(string text, out T value) => Words.TryGetValue(text, out value);

    /// <summary>The word for a value, as the data files write it.</summary>
    public static string Write(T value) => CamelCase(value);

    private static string CamelCase(T value)
    {
        var name = new StringBuilder(value.ToString());
        name[0] = char.ToLowerInvariant(name[0]);
        return name.ToString();
    }
}
