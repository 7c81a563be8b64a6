using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace DermAssistant.DermLip;

/// <summary>The tokenizer of CLIP as open_clip has it (SimpleTokenizer).</summary>
/// <remarks>Words are split by Unicode scalar values, which a .NET regular expression over UTF-16 cannot do; with the own merge
/// loop a stock vocabulary loads in a quarter of the time of the general BPE engines.</remarks>
internal sealed class ClipTokenizer(BytePairVocabulary vocabulary, int contextLength) : ITextTokenizer
{
    public const string StartOfText = "<start_of_text>";
    public const string EndOfText = "<end_of_text>";

    private const int CachedWords = 20_000;

    private static readonly string[] Suffixes = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    private readonly ConcurrentDictionary<string, int[]> _words = new(StringComparer.Ordinal);

    public string Kind => "clip-bpe";

    public int ContextLength => contextLength;

    public int VocabularySize => vocabulary.Size;

    public int[] Encode(string text) => Encode(text, specials: true);

    public int[] EncodeUserText(string text) => Encode(text, specials: false);

    private int[] Encode(string text, bool specials)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int> { vocabulary.Start };
        foreach (var word in Split(TextCleaning.CleanAndLower(text), specials))
        {
            ids.AddRange(specials && word == StartOfText ? [vocabulary.Start] : specials && word == EndOfText ? [vocabulary.End] : Word(word));
            if (ids.Count >= contextLength) break;
        }

        if (ids.Count >= contextLength) ids.RemoveRange(contextLength - 1, ids.Count - contextLength + 1);
        ids.Add(vocabulary.End);
        return [.. ids];
    }

    private int[] Word(string word)
    {
        if (_words.TryGetValue(word, out var known)) return known;
        var ids = vocabulary.Merge(Encoding.UTF8.GetBytes(word));
        if (_words.Count < CachedWords) _words.TryAdd(word, ids);
        return ids;
    }

    private enum CharacterKind
    {
        Letter,
        Digit,
        Space,
        Other,
    }

    /// <summary>Special tokens, English suffixes, runs of letters, single digits, runs of anything else that is not white space.</summary>
    internal static IEnumerable<string> Split(string text, bool specials)
    {
        for (var start = 0; start < text.Length;)
        {
            var length = Prefix(text, start, specials);
            if (length == 0)
            {
                var kind = KindAt(text, start, out length);
                while (kind is CharacterKind.Letter or CharacterKind.Other && start + length < text.Length && KindAt(text, start + length, out var step) == kind)
                    length += step;
                if (kind == CharacterKind.Space)
                {
                    start += length;
                    continue;
                }
            }

            yield return text.Substring(start, length);
            start += length;
        }
    }

    /// <summary>The length of the special token or suffix that begins here, or 0.</summary>
    private static int Prefix(string text, int start, bool specials)
    {
        var rest = text.AsSpan(start);
        if (specials && rest.StartsWith(StartOfText, StringComparison.Ordinal)) return StartOfText.Length;
        if (specials && rest.StartsWith(EndOfText, StringComparison.Ordinal)) return EndOfText.Length;
        if (rest[0] != '\'') return 0;

        // The reference matches without regard to case, and a long s is a variant of s.
        if (rest.StartsWith("'\u017F", StringComparison.Ordinal)) return 2;
        foreach (var suffix in Suffixes)
            if (rest.StartsWith(suffix, StringComparison.Ordinal)) return suffix.Length;
        return 0;
    }

    private static CharacterKind KindAt(string text, int at, out int length)
    {
        Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out length);
        return Rune.GetUnicodeCategory(rune) switch
        {
            <= UnicodeCategory.OtherLetter => CharacterKind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterKind.Digit,
            _ => Rune.IsWhiteSpace(rune) ? CharacterKind.Space : CharacterKind.Other,
        };
    }
}
