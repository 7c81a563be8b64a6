using System.Runtime.CompilerServices;

namespace DermAssistant.Ontology.Files;

/// <summary>The words of an enumeration as the data files write them.</summary>
/// <param name="words">One per value, from zero on; a test compares them with the names of the values.</param>
/// <remarks>Written out, because asking the runtime for the names of an enumeration costs a fresh process two milliseconds each.</remarks>
internal sealed class Vocabulary<T>(params string[] words) where T : struct, Enum
{
    public IReadOnlyList<string> Words => words;

    public string Listed => string.Join(", ", words);

    public bool TryRead(string text, out T value)
    {
        var at = Array.IndexOf(words, text);
        value = Unsafe.As<int, T>(ref at);
        return at >= 0;
    }

    /// <summary>The word for a value.</summary>
    public string Write(T value) => words[Unsafe.As<T, int>(ref value)];
}
