namespace DermAssistant.DermLip;

/// <summary>A dictionary of a pickle, in its order.</summary>
internal sealed class PickleDictionary
{
    public List<(object? Key, object? Value)> Entries { get; } = [];

    /// <summary>The value under a text key, or null; the last one counts, as in Python.</summary>
    public object? this[string key] => Entries.FindLast(entry => entry.Key as string == key).Value;
}
