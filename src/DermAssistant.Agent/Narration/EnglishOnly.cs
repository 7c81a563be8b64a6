using System.Text.RegularExpressions;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>Tells a message that says something in another language than English, which is the only one that is read.</summary>
/// <remarks>
/// By words alone, and cautious: names, misspellings and medical terms are no other language. A sentence counts as one where at least half of
/// its words are unknown and something in it is not English, or where hardly a word of it is known.
/// </remarks>
internal sealed partial class EnglishOnly
{
    private const double MostUnknown = 0.5;
    private const double HardlyKnown = 0.8;
    private const int FewWords = 2;
    private const int ManyWords = 4;

    // A word this long may be misspelt by a letter.
    private const int Misspellable = 5;

    private readonly HashSet<string> _common;
    private readonly HashSet<string> _other;
    private readonly Lazy<HashSet<string>> _known;

    private EnglishOnly(WordFile file, OntologyGraph ontology, IEnumerable<string> more)
    {
        _common = file.Words.ToHashSet(StringComparer.Ordinal);
        _other = file.Other.ToHashSet(StringComparer.Ordinal);
        _known = new(() =>
        {
            var texts = ontology.Nodes.SelectMany(node => node.Synonyms.Concat(node.LookAlikes.Select(alike => alike.Difference)).Append(node.Name).Append(node.PlainName ?? ""))
                .Concat(ontology.Concepts.Select(concept => concept.Name))
                .Concat(ontology.Triage.Signs.SelectMany(sign => sign.Phrases.Append(sign.Text)));
            return [.. _common.Concat(more).Concat(texts.SelectMany(WordsOf)).Where(word => !_other.Contains(word))];
        });
    }

    /// <param name="more">Further words that are English.</param>
    /// <exception cref="AgentSetupException">The file of words is missing or malformed.</exception>
    public static EnglishOnly Load(string promptsDirectory, OntologyGraph ontology, IEnumerable<string> more) =>
        new(PromptFile.Read<WordFile>(Path.Combine(promptsDirectory, "agent", "english.json")), ontology, more);

    /// <summary>Whether a message, or a sentence of it, is in another language.</summary>
    public bool Misses(string message) => SentenceEnd().Split(message).Append(message).Any(IsOther);

    private bool IsOther(string sentence)
    {
        var words = WordsOf(sentence).ToList();
        var unknown = words.Where(word => !IsKnown(word)).ToList();
        if (unknown.Count < FewWords || unknown.Count < MostUnknown * words.Count) return false;
        return unknown.Any(word => _other.Contains(word) || word.Any(letter => letter > 'z'))
            || (unknown.Count >= ManyWords && unknown.Count >= HardlyKnown * words.Count);
    }

    private bool IsKnown(string word)
    {
        if (_other.Contains(word)) return false;
        if (_known.Value.Contains(word) || Stems(word).Any(_known.Value.Contains)) return true;
        return word.Length >= Misspellable && word.All(char.IsAscii)
            && _common.Any(common => common.Length >= Misspellable && common[0] == word[0] && Spelling.Distance(word, common, 1) <= 1);
    }

    private static IEnumerable<string> Stems(string word)
    {
        foreach (var ending in (string[])["s", "es", "ed", "d", "ing", "ly", "er", "y", "ish"])
            if (word.Length > ending.Length + 2 && word.EndsWith(ending, StringComparison.Ordinal)) yield return word[..^ending.Length];
    }

    private static IEnumerable<string> WordsOf(string text) =>
        Word().Matches(text).Select(match => match.Value.ToLowerInvariant()).Where(word => word.Length > 1 || word[0] > 'z');

    [GeneratedRegex(@"\p{L}+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"[.?!;:。？！]+", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnd();

    private sealed record WordFile(IReadOnlyList<string> Words, IReadOnlyList<string> Other);
}
