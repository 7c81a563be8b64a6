namespace DermAssistant.Ontology.Names;

/// <summary>Tells a slip of the pen from another word that is spelt nearly alike.</summary>
/// <remarks>
/// Word by word, since the names of two diseases often differ in few letters: a number is never a slip, nor is a word that means
/// something itself, and an ending or a beginning that carries the meaning (-itis and -osis, hypo- and hyper-) is not turned into another.
/// </remarks>
internal sealed class Slips
{
    private const int ShortestMisspelt = 4;
    private const int LongWord = 8;

    private static readonly string[] Endings =
    [
        "itis", "osis", "iasis", "oma", "emia", "oid", "ous", "pathy", "ectasia", "plasia", "trophy", "lysis", "rrhea", "derma", "genic", "genous", "cyte", "cytic", "al", "ic",
    ];

    private static readonly string[] Beginnings =
    [
        "hypo", "hyper", "para", "peri", "poro", "pre", "post", "pro", "intra", "inter", "endo", "ecto", "exo", "epi", "sub", "supra", "micro", "macro", "mono", "poly", "anti", "ante", "dys", "eu", "kerato", "karyo",
    ];

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _words;

    /// <param name="names">Their words are no misspellings of each other.</param>
    /// <param name="otherWords">Words of no name that mean something else.</param>
    public Slips(NameIndex names, IEnumerable<string> otherWords)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in names.Entries)
            if (entry.Kind != NameKind.DatasetLabel)
                foreach (var range in entry.Key.AsSpan().Split(' '))
                    words.Add(entry.Key[range]);
        foreach (var word in otherWords) words.Add(NameKey.Of(word));
        _words = words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Whether one key can be a misspelling of another that is only a few letters away.</summary>
    public bool CanBe(ReadOnlySpan<char> written, ReadOnlySpan<char> name)
    {
        if (written.Count(' ') != name.Count(' ')) return false;
        var meant = name.Split(' ');
        foreach (var range in written.Split(' '))
        {
            meant.MoveNext();
            var word = written[range];
            var other = name[meant.Current];
            if (!word.SequenceEqual(other) && !IsMisspelt(word, other)) return false;
        }
        return true;
    }

    private bool IsMisspelt(ReadOnlySpan<char> word, ReadOnlySpan<char> meant)
    {
        if (word.Length < ShortestMisspelt || meant.Length < ShortestMisspelt || IsNumber(word) || IsNumber(meant)) return false;
        if (_words.Contains(word)) return false;
        if (Known(Endings, word, atEnd: true) is { } ending && Known(Endings, meant, atEnd: true) is { } otherEnding && ending != otherEnding) return false;
        var (beginning, otherBeginning) = (Known(Beginnings, word, atEnd: false), Known(Beginnings, meant, atEnd: false));
        if (beginning != otherBeginning && beginning is not null && otherBeginning is not null) return false;
        var limit = Math.Max(word.Length, meant.Length) < LongWord ? 1 : 2;
        return EditDistance.Within(word, meant, limit) <= limit;
    }

    /// <summary>A digit anywhere, or a Roman numeral.</summary>
    private static bool IsNumber(ReadOnlySpan<char> word) => word.ContainsAnyInRange('0', '9') || !word.ContainsAnyExcept("ivx");

    private static string? Known(string[] parts, ReadOnlySpan<char> word, bool atEnd)
    {
        foreach (var part in parts)
            if (word.Length > part.Length && (atEnd ? word.EndsWith(part) : word.StartsWith(part))) return part;
        return null;
    }
}
