using System.Text.RegularExpressions;

namespace DermAssistant.Agent;

/// <summary>The narrator's wording, from <c>prompts/narrator.json</c>.</summary>
internal sealed partial class Phrasebook
{
    private readonly string _path;
    private readonly IReadOnlyDictionary<string, string> _phrases;
    private readonly IReadOnlyDictionary<string, string> _suggestions;
    private readonly IReadOnlyDictionary<string, string> _progress;
    private readonly HashSet<string> _standing;
    private readonly HashSet<string> _properNames;

    private Phrasebook(string path, WordingFile file)
    {
        _path = path;
        (_phrases, _suggestions, _progress) = (file.Phrases, file.Suggestions, file.Progress);
        _properNames = file.ProperNames.ToHashSet(StringComparer.Ordinal);
        _standing = file.Standing.Select(key => Phrase(key)).ToHashSet(StringComparer.Ordinal);
        Vocabulary = _phrases.Values.SelectMany(text => EvidenceFacts.WordsOf(Placeholder().Replace(text, " "))).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The words of the sentences themselves: they state nothing that is not filled in.</summary>
    public IReadOnlySet<string> Vocabulary { get; }

    /// <exception cref="AgentSetupException">The file is missing, malformed or lacks a sentence.</exception>
    public static Phrasebook Load(string promptsDirectory)
    {
        var path = Path.Combine(promptsDirectory, "narrator.json");
        return new Phrasebook(path, PromptFile.Read<WordingFile>(path));
    }

    /// <summary>A sentence with its blanks filled in, its first letter a capital.</summary>
    public string Phrase(string key, params ReadOnlySpan<(string Name, string Value)> values) => Words.Head(Fill(_phrases, key, values));

    /// <summary>A question the user could ask next.</summary>
    public string Suggestion(string key, params ReadOnlySpan<(string Name, string Value)> values) => Fill(_suggestions, key, values);

    /// <summary>What is being done, for people who wait.</summary>
    public string Progress(string key, params ReadOnlySpan<(string Name, string Value)> values) => Fill(_progress, key, values);

    /// <summary>Whether a sentence is one of the product's own that may stand without evidence.</summary>
    public bool IsStanding(string sentence) => _standing.Contains(sentence);

    /// <summary>A condition's or concept's name as it stands inside a sentence: a small first letter, except for proper names and abbreviations.</summary>
    public string Inside(string name)
    {
        if (name.Length < 2 || !char.IsUpper(name[0]) || !char.IsLower(name[1])) return name;
        var first = FirstWord().Match(name).Value;
        return _properNames.Contains(first) ? name : char.ToLowerInvariant(name[0]) + name[1..];
    }

    private string Fill(IReadOnlyDictionary<string, string> from, string key, ReadOnlySpan<(string Name, string Value)> values)
    {
        if (!from.TryGetValue(key, out var text))
            throw new AgentSetupException($"{_path} has no text '{key}'.", "Restore the file from the release.");
        // One pass: a brace in a value is not taken for a blank.
        var filled = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values) filled[$"{{{name}}}"] = value;
        return Placeholder().Replace(text, blank => filled.GetValueOrDefault(blank.Value) ?? throw new InvalidOperationException($"Nothing fills {blank.Value} in '{key}'."));
    }

    [GeneratedRegex(@"\{\w+\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^\p{L}+", RegexOptions.CultureInvariant)]
    private static partial Regex FirstWord();

    private sealed record WordingFile(
        IReadOnlyDictionary<string, string> Phrases,
        IReadOnlyList<string> Standing,
        IReadOnlyDictionary<string, string> Suggestions,
        IReadOnlyDictionary<string, string> Progress,
        IReadOnlyList<string> ProperNames);
}
