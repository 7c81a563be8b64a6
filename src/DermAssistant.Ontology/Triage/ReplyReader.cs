namespace DermAssistant.Ontology;

/// <summary>What a reply to the question for a sign says.</summary>
public enum SignReply
{
    /// <summary>It is no reply: a message of its own.</summary>
    None,
    Yes,
    No,

    /// <summary>A reply that tells neither.</summary>
    Unsure,
}

/// <summary>Tells a yes, a no and a "don't know" from a message of its own.</summary>
/// <remarks>Only a bare reply counts: "it is" affirms, "it is on my arm" does not.</remarks>
internal sealed class ReplyReader(SignVocabulary reading)
{
    private readonly List<IReadOnlyList<string>> _unsure = Phrases(reading.Unsure);
    private readonly List<IReadOnlyList<string>> _yes = Phrases(reading.Yes);
    private readonly List<IReadOnlyList<string>> _agreements = Phrases(reading.Agreements);
    private readonly List<IReadOnlyList<string>> _no = Phrases(reading.No);
    private readonly List<IReadOnlyList<string>> _disagreements = Phrases(reading.Disagreements);
    private readonly HashSet<string> _additions = [.. reading.Additions.SelectMany(SpokenWords.OfPhrase)];
    private readonly HashSet<string> _restating = [.. reading.Subjects.Concat(reading.Auxiliaries).SelectMany(SpokenWords.OfPhrase)];

    /// <summary>Every word of a reply.</summary>
    public IEnumerable<string> Vocabulary =>
        [.. _unsure.Concat(_yes).Concat(_agreements).Concat(_no).Concat(_disagreements).SelectMany(words => words), .. _additions, .. _restating];

    /// <param name="about">Words of the signs that the reply speaks of: saying one again adds nothing.</param>
    public SignReply Read(List<SpokenWord> words, IReadOnlySet<string> about)
    {
        if (words.Count == 0) return SignReply.None;
        if (_unsure.Exists(phrase => DenialReach.Follows(words, 0, phrase))) return SignReply.Unsure;
        // The longest beginning decides: "no idea" and "none of that" before "no".
        if (_disagreements.Exists(phrase => IsBare(words, phrase))) return SignReply.No;
        if (_no.Exists(phrase => IsClear(words, phrase, about))) return SignReply.No;
        if (_agreements.Exists(phrase => IsBare(words, phrase))) return SignReply.Yes;
        return _yes.Exists(phrase => IsClear(words, phrase, about)) ? SignReply.Yes : SignReply.None;
    }

    /// <summary>"No" answers "Fever?" by itself.</summary>
    public bool IsNo(SpokenWord word) => _no.Exists(phrase => phrase is [var one] && one == word.Text);

    /// <summary>The phrase alone, or with words of degree and time, or before a comma.</summary>
    private bool IsBare(List<SpokenWord> words, IReadOnlyList<string> phrase)
    {
        if (!DenialReach.Follows(words, 0, phrase)) return false;
        if (phrase.Count > 1 && words.Count > phrase.Count && words[phrase.Count].Before >= Pause.Comma) return true;
        return Rest(words, phrase).All(word => IsAddition(word));
    }

    /// <summary>The phrase alone, before a pause or "and", or with words that only say the same again.</summary>
    private bool IsClear(List<SpokenWord> words, IReadOnlyList<string> phrase, IReadOnlySet<string> about)
    {
        if (!DenialReach.Follows(words, 0, phrase)) return false;
        if (words.Count == phrase.Count) return true;
        var next = words[phrase.Count];
        if (next.Before >= Pause.Comma || next.Text is "and" or "but") return true;
        return Rest(words, phrase).All(word => IsAddition(word) || _restating.Contains(word.Text) || about.Contains(word.Text));
    }

    private bool IsAddition(SpokenWord word) => !double.IsNaN(word.Number) || _additions.Contains(word.Text);

    private static IEnumerable<SpokenWord> Rest(List<SpokenWord> words, IReadOnlyList<string> phrase) => words.Skip(phrase.Count);

    private static List<IReadOnlyList<string>> Phrases(IEnumerable<string> phrases) => [.. phrases.Select(SpokenWords.OfPhrase)];
}
