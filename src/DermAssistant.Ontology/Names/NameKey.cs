
namespace DermAssistant.Ontology.Names;

/// <summary>A word of a text: where it stands and where its folded form stands in the key.</summary>
internal readonly record struct KeyWord(int Start, int Length, int KeyStart, int KeyLength);

/// <summary>
/// Evens out how a name is written, so that case, punctuation, accents, plural and British or American spelling do not matter.
/// </summary>
/// <remarks>
/// The folded form is for comparison only and need not be a word: both sides are folded alike. Accents are folded by an own
/// table because the product runs without ICU.
/// </remarks>
internal static class NameKey
{
    /// <summary>Longer texts are no names.</summary>
    public const int LongestName = 400;

    /// <summary>Characters of working space up to which it lies on the stack.</summary>
    private const int OnStack = 1024;

    /// <summary>The folded words joined by single spaces; empty for a text without letters or digits.</summary>
    public static string Of(ReadOnlySpan<char> text) => Of(text, null);

    /// <summary>The same, with the place of every word.</summary>
    public static string Of(ReadOnlySpan<char> text, List<KeyWord>? words)
    {
        // A letter folds to at most two (ß, æ), and plural endings can grow by one.
        var most = text.Length * 2 + 4;
        Span<char> word = most <= OnStack ? stackalloc char[most] : new char[most];
        Span<char> key = most <= OnStack ? stackalloc char[most] : new char[most];
        return key[..Fold(text, word, key, words)].ToString();
    }

    /// <summary>Folds word by word.</summary>
    /// <returns>The length of the key.</returns>
    private static int Fold(ReadOnlySpan<char> text, Span<char> word, Span<char> key, List<KeyWord>? words)
    {
        var written = 0;
        for (var at = 0; at < text.Length;)
        {
            if (!IsWordPart(text[at]) || IsApostrophe(text[at]) || IsIgnored(text[at]))
            {
                at++;
                continue;
            }
            var start = at;
            var length = 0;
            var end = at;
            for (; at < text.Length && IsWordPart(text[at]); at++)
            {
                if (IsApostrophe(text[at]) || IsIgnored(text[at])) continue;
                FoldLetter(text[at], word, ref length);
                end = at + 1;
            }
            length = FoldWord(word, length);
            if (length == 0) continue;
            if (written > 0) key[written++] = ' ';
            words?.Add(new KeyWord(start, end - start, written, length));
            word[..length].CopyTo(key[written..]);
            written += length;
        }
        return written;
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || IsApostrophe(c) || IsIgnored(c);

    private static bool IsApostrophe(char c) => c is '\'' or '\u2019' or '\u2018' or '\u00B4' or '`' or '\u02BC';

    // Combining accents, soft hyphens and marks of writing direction carry no meaning here.
    private static bool IsIgnored(char c) => c is >= '\u0300' and <= '\u036F' or '\u00AD' or >= '\u200B' and <= '\u200F' or >= '\u202A' and <= '\u202E' or >= '\u2060' and <= '\u2069' or '\uFEFF';

    private static void FoldLetter(char c, Span<char> buffer, ref int length)
    {
        if (c < '\u0080')
        {
            buffer[length++] = c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
            return;
        }
        var folded = char.ToLowerInvariant(c) switch
        {
            >= 'à' and <= 'å' => "a",
            'æ' => "ae",
            'ç' => "c",
            >= 'è' and <= 'ë' => "e",
            >= 'ì' and <= 'ï' => "i",
            'ñ' => "n",
            >= 'ò' and <= 'ö' or 'ø' => "o",
            'œ' => "oe",
            >= 'ù' and <= 'ü' => "u",
            'ý' or 'ÿ' => "y",
            'ß' => "ss",
            _ => null,
        };
        if (folded is null) buffer[length++] = char.ToLowerInvariant(c);
        else foreach (var letter in folded) buffer[length++] = letter;
    }

    private static int FoldWord(Span<char> word, int length)
    {
        if (Irregular.TryGetValue(word[..length], out var regular)) return Write(word, regular);
        length = FoldSpelling(word, length);
        if (Irregular.TryGetValue(word[..length], out regular)) return Write(word, regular);
        return FoldPlural(word, length);
    }

    /// <summary>British to American: ae and oe to e, -our to -or, -ise to -ize, sulph to sulf.</summary>
    private static int FoldSpelling(Span<char> word, int length)
    {
        if (length > 3 && word[length - 2] == 'a' && word[length - 1] == 'e') length--;
        var written = 0;
        for (var at = 0; at < length; at++)
        {
            if (word[at] is 'a' or 'o' && at + 1 < length && word[at + 1] == 'e' && length > 3) continue;
            word[written++] = word[at];
        }
        length = written;
        var span = word[..length];
        if (length > 4 && span.EndsWith("our")) return Cut(word, length, 2, 'r');
        if (length > 5 && span.EndsWith("ours")) return Cut(word, length, 3, 'r');
        foreach (var ending in IseEndings)
            if (length > ending.Length + 3 && span.EndsWith(ending))
                word[length - ending.Length + 1] = 'z';
        if (length > 5 && span.StartsWith("sulph")) return Write(word, string.Concat("sulf", span[5..]));
        return length;
    }

    private static int FoldPlural(Span<char> word, int length)
    {
        if (length <= 3 || word[length - 1] != 's') return length;
        var span = word[..length];
        if (span.EndsWith("ss") || span.EndsWith("us") || span.EndsWith("is")) return length;
        if (span.EndsWith("itides")) return Write(word, string.Concat(span[..^3], "s"));
        if (length > 4 && span.EndsWith("ies")) return Cut(word, length, 3, 'y');
        if (length > 5 && span.EndsWith("oses"))
        {
            word[length - 2] = 'i';
            return length;
        }
        if (span.EndsWith("sses") || span.EndsWith("ches") || span.EndsWith("shes") || span.EndsWith("xes")) return length - 2;
        return length - 1;
    }

    private static int Cut(Span<char> word, int length, int drop, char last)
    {
        word[length - drop] = last;
        return length - drop + 1;
    }

    private static int Write(Span<char> word, string text)
    {
        text.CopyTo(word);
        return text.Length;
    }

    private static readonly string[] IseEndings = ["ise", "ised", "ising", "isation"];

    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Irregular = new Dictionary<string, string>
    {
        ["nevi"] = "nevus",
        ["comedones"] = "comedo",
        ["lentigines"] = "lentigo",
        ["ephelides"] = "ephelis",
        ["milia"] = "milium",
        ["tophi"] = "tophus",
        ["angiomata"] = "angioma",
        ["hemangiomata"] = "hemangioma",
        ["xanthomata"] = "xanthoma",
        ["metastases"] = "metastasis",
        ["diseases"] = "disease",
        ["sarcomata"] = "sarcoma",
        ["carcinomata"] = "carcinoma",
        ["grey"] = "gray",
        ["fibre"] = "fiber",
        ["centre"] = "center",
    }.GetAlternateLookup<ReadOnlySpan<char>>();
}
