namespace DermAssistant.Ontology.Files;

/// <summary>The words of an enumeration as the data files write them.</summary>
/// <remarks>Two arrays instead of a dictionary: every enumeration that a dictionary holds costs a fresh process some thirty methods to compile.</remarks>
internal static class Vocabulary<T> where T : struct, Enum
{
    private static readonly T[] Values = Enum.GetValues<T>();
    private static readonly string[] Words = Array.ConvertAll(Enum.GetNames<T>(), CamelCase);

    public static string Listed => string.Join(", ", Words);

    public static bool TryRead(string text, out T value)
    {
        var at = Array.IndexOf(Words, text);
        value = at < 0 ? default : Values[at];
        return at >= 0;
    }

    /// <summary>The word for a value, as the data files write it.</summary>
    public static string Write(T value) => CamelCase(value.ToString());

    private static string CamelCase(string name) => string.Concat(name[..1].ToLowerInvariant(), name.AsSpan(1));
}
