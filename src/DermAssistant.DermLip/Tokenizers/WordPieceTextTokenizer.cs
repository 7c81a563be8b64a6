using System.Globalization;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace DermAssistant.DermLip;

/// <summary>The uncased tokenizer of BERT as open_clip uses it: its cleaning, BERT's normaliser and splitter, WordPiece.</summary>
/// <remarks>The pieces come from Microsoft.ML.Tokenizers; its BertTokenizer drops several symbols and cuts by whole words, so
/// splitting, special tokens and cutting are done here.</remarks>
internal sealed class WordPieceTextTokenizer : ITextTokenizer
{
    public const string Mask = "[MASK]";

    private const string Unknown = "[UNK]";
    private const string Classification = "[CLS]";
    private const string Separator = "[SEP]";
    private const string Padding = "[PAD]";

    /// <summary>Longer words are unknown.</summary>
    private const int MaxWord = 100;

    private readonly WordPieceVocabulary _vocabulary;
    private readonly WordPieceTokenizer _pieces;

    public WordPieceTextTokenizer(WordPieceVocabulary vocabulary, int contextLength)
    {
        _vocabulary = vocabulary;
        ContextLength = contextLength;
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', vocabulary.Pieces)));
        _pieces = WordPieceTokenizer.Create(stream, new WordPieceOptions
        {
            PreTokenizer = null,
            Normalizer = null,
            UnknownToken = Unknown,
            MaxInputCharsPerWord = 2 * MaxWord, // in UTF-16 units, and allocated on the stack
        });
    }

    public static IReadOnlyList<string> Specials { get; } = [Padding, Unknown, Classification, Separator, Mask];

    public string Kind => "wordpiece";

    public int ContextLength { get; }

    public int VocabularySize => _vocabulary.Pieces.Count;

    public int[] Encode(string text) => Encode(text, specials: true);

    public int[] EncodeUserText(string text) => Encode(text, specials: false);

    private int[] Encode(string text, bool specials)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int> { Id(Classification) };
        foreach (var (part, isSpecial) in Parts(TextCleaning.Clean(text), specials))
        {
            if (ids.Count >= ContextLength) break;
            if (isSpecial) ids.Add(Id(part));
            else AddWords(ids, part);
        }

        if (ids.Count >= ContextLength) ids.RemoveRange(ContextLength - 1, ids.Count - ContextLength + 1);
        ids.Add(Id(Separator));
        return [.. ids];
    }

    private void AddWords(List<int> ids, string text)
    {
        foreach (var word in Words(Normalise(text)))
        {
            if (ids.Count >= ContextLength) return;
            if (word.EnumerateRunes().Count() > MaxWord) ids.Add(Id(Unknown));
            else ids.AddRange(_pieces.EncodeToIds(word));
        }
    }

    private int Id(string special) => _vocabulary[special] ?? throw new InvalidOperationException($"The vocabulary has no {special}.");

    /// <summary>Parts the special tokens spelled out in a text from the rest.</summary>
    private IEnumerable<(string Part, bool IsSpecial)> Parts(string text, bool specials)
    {
        var start = 0;
        for (var i = 0; specials && i < text.Length; i++)
        {
            if (text[i] != '[' || Specials.FirstOrDefault(special => string.CompareOrdinal(text, i, special, 0, special.Length) == 0) is not { } found
                || _vocabulary[found] is null)
            {
                continue;
            }

            if (i > start) yield return (text[start..i], false);
            yield return (found, true);
            start = i + found.Length;
            i = start - 1;
        }

        if (start < text.Length) yield return (text[start..], false);
    }

    /// <summary>BERT's normaliser: control characters dropped, ideographs set apart, accents stripped, lower case.</summary>
    private static string Normalise(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is 0 or 0xFFFD || IsControl(rune)) continue;
            if (Rune.IsWhiteSpace(rune)) kept.Append(' ');
            else if (IsIdeograph(rune.Value)) kept.Append(' ').Append(rune).Append(' ');
            else kept.Append(rune);
        }

        var bare = new StringBuilder(kept.Length);
        foreach (var rune in UnicodeForms.Decompose(kept.ToString()).EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
                bare.Append(rune.Value == 0x130 ? "i\u0307" : Rune.ToLowerInvariant(rune).ToString());
        return bare.ToString();
    }

    /// <summary>Words between white space, with every punctuation mark a word of its own.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var mark = IsPunctuation(rune);
            if ((mark || Rune.IsWhiteSpace(rune)) && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }

            if (mark) yield return rune.ToString();
            else if (!Rune.IsWhiteSpace(rune)) word.Append(rune);
        }

        if (word.Length > 0) yield return word.ToString();
    }

    private static bool IsControl(Rune rune) => rune.Value is not ('\t' or '\n' or '\r') && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse;

    private static bool IsPunctuation(Rune rune) =>
        rune.Value is (>= '!' and <= '/') or (>= ':' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~') || Rune.IsPunctuation(rune);

    /// <summary>The blocks of unified ideographs that BERT sets apart.</summary>
    private static bool IsIdeograph(int point) => point
        is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
        or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
