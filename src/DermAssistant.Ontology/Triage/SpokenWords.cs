using DermAssistant.Ontology.Names;

namespace DermAssistant.Ontology;

/// <summary>What separates a word from the one before it.</summary>
internal enum Pause
{
    None,

    /// <summary>A slash, which stands for "or".</summary>
    Slash,
    Comma,

    /// <summary>A question mark, colon, dash or equals sign, after which an answer may follow.</summary>
    Mark,

    /// <summary>The end of a sentence.</summary>
    Stop,
}

/// <summary>A word as it was said: folded, contractions spelled out, slips of the pen forgiven.</summary>
/// <param name="Number">Its value where it is a number, else NaN.</param>
/// <param name="Before">What separates it from the word before it.</param>
internal readonly record struct SpokenWord(string Text, double Number, int Start, int Length, Pause Before);

/// <summary>Takes a text apart into words that phrases can be compared with.</summary>
internal sealed class SpokenWords
{
    private static readonly Dictionary<string, double> Numbers = new(StringComparer.Ordinal)
    {
        ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7,
        ["eight"] = 8, ["nine"] = 9, ["ten"] = 10, ["eleven"] = 11, ["twelve"] = 12,
    };

    // The apostrophe is gone before they are looked up: "don't" and "dont" are the same.
    private static readonly Dictionary<string, string[]> Contractions = new(StringComparer.Ordinal);

    static SpokenWords()
    {
        foreach (var stem in (ReadOnlySpan<string>)["do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "would", "could", "should", "must", "need"])
            Contractions.Add(NameKey.Of(stem + "nt"), [NameKey.Of(stem), "not"]);
        Contractions.Add("wont", ["will", "not"]);
        Contractions.Add("cant", ["cannot"]);
        Contractions.Add("im", ["i", "am"]);
        Contractions.Add("ive", ["i", "have"]);
        Contractions.Add("hes", ["he", "is"]);
    }

    private readonly HashSet<string> _known;
    private readonly string[] _forgiven;

    /// <param name="known">Words that are never taken for a slip of another.</param>
    /// <param name="forgiven">Words that are recognised although they are misspelled.</param>
    public SpokenWords(HashSet<string> known, IEnumerable<string> forgiven)
    {
        _known = known;
        _forgiven = [.. forgiven.Select(word => NameKey.Of(word)).Distinct()];
    }

    /// <summary>The words of a phrase of the data, as they would be said.</summary>
    public static IReadOnlyList<string> OfPhrase(string phrase) => [.. Split(phrase).Select(word => word.Text)];

    public List<SpokenWord> Of(string text)
    {
        var words = Split(text);
        for (var i = 0; i < words.Count; i++)
            if (double.IsNaN(words[i].Number) && !_known.Contains(words[i].Text) && Meant(words[i].Text) is { } meant)
                words[i] = words[i] with { Text = meant };
        return words;
    }

    private string? Meant(string word)
    {
        if (word.Length < 5) return null;
        var allowed = word.Length >= 9 ? 2 : 1;
        var (best, distance) = ((string?)null, allowed + 1);
        foreach (var candidate in _forgiven)
        {
            if (candidate[0] != word[0]) continue;
            var slips = EditDistance.Within(word, candidate, allowed);
            if (slips < distance) (best, distance) = (candidate, slips);
        }
        return best;
    }

    private static List<SpokenWord> Split(string text)
    {
        var keyed = new List<KeyWord>();
        var key = NameKey.Of(text, keyed);
        var words = new List<SpokenWord>(keyed.Count + 4);
        var end = 0;
        foreach (var word in keyed)
        {
            var gap = text.AsSpan(end, word.Start - end);
            var pause = words.Count == 0 ? Pause.Stop : PauseIn(gap);
            end = word.Start + word.Length;
            var said = key.AsSpan(word.KeyStart, word.KeyLength);
            // "38.7" is one number, and "8mm" a number and its unit.
            if (gap is "." && words[^1] is { Number: >= 0 } whole && Digits(said) == said.Length)
            {
                var joined = $"{whole.Text}.{said}";
                words[^1] = whole with { Text = joined, Number = Parse(joined), Length = end - whole.Start };
                continue;
            }
            var digits = Digits(said);
            if (digits > 0 && digits < said.Length)
            {
                Add(said[..digits], word.Start, digits, pause);
                Add(said[digits..], word.Start + digits, word.Length - digits, Pause.None);
            }
            else Add(said, word.Start, word.Length, pause);
        }
        return words;

        void Add(ReadOnlySpan<char> said, int start, int length, Pause pause)
        {
            var one = said.ToString();
            if (Contractions.TryGetValue(one, out var spelled))
            {
                for (var i = 0; i < spelled.Length; i++) words.Add(new SpokenWord(spelled[i], double.NaN, start, length, i == 0 ? pause : Pause.None));
                return;
            }
            if (one == "not" && pause == Pause.None && words.Count > 0 && words[^1].Text == "can")
            {
                words[^1] = words[^1] with { Text = "cannot", Length = start + length - words[^1].Start };
                return;
            }
            var number = Digits(said) == said.Length ? Parse(one) : Numbers.GetValueOrDefault(one, double.NaN);
            words.Add(new SpokenWord(one, number, start, length, pause));
        }
    }

    private static double Parse(string digits) => double.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : double.NaN;

    private static int Digits(ReadOnlySpan<char> word)
    {
        var count = 0;
        while (count < word.Length && char.IsAsciiDigit(word[count])) count++;
        return count;
    }

    private static Pause PauseIn(ReadOnlySpan<char> gap)
    {
        var pause = Pause.None;
        for (var i = 0; i < gap.Length; i++)
        {
            var found = gap[i] switch
            {
                // A dash between words ("non-blanching") separates nothing; one between blanks does.
                '-' or '\u2013' or '\u2014' => gap.Length > 1 ? Pause.Mark : Pause.None,
                '/' => Pause.Slash,
                ',' => Pause.Comma,
                '?' or ':' or '=' => Pause.Mark,
                '.' => Pause.Stop,
                '!' or ';' or '\n' or '(' or ')' => Pause.Stop,
                _ => Pause.None,
            };
            if (found > pause) pause = found;
        }
        return pause;
    }
}
