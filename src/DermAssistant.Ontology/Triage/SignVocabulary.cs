namespace DermAssistant.Ontology;

/// <summary>The words that turn a report of a sign around, answer a question or only name what is looked up.</summary>
public sealed record SignVocabulary
{
    /// <summary>Words that stand for each other in phrases, by the name a phrase calls them by.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Groups { get; init; }

    /// <summary>Words that deny what follows.</summary>
    public required IReadOnlyList<string> Negations { get; init; }

    /// <summary>Those of them that go with nouns only ("no fever").</summary>
    public IReadOnlyList<string> NegationsOfNouns { get; init; } = [];

    /// <summary>Turns of phrase that begin with a denying word and deny nothing.</summary>
    public IReadOnlyList<string> NotNegations { get; init; } = [];

    /// <summary>Words after which a sign is only wondered about.</summary>
    public IReadOnlyList<string> Wondering { get; init; } = [];

    /// <summary>Words that may stand between a denial and the sign it denies; any other word ends its reach.</summary>
    public required IReadOnlyList<string> Between { get; init; }

    /// <summary>Those after which a subject may follow ("I do not think it is ...").</summary>
    public IReadOnlyList<string> Beliefs { get; init; } = [];

    /// <summary>Subjects of a clause.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>Articles and the like, which may stand before an item of a list.</summary>
    public IReadOnlyList<string> Articles { get; init; } = [];

    /// <summary>Words by which an item of a list is no noun.</summary>
    public IReadOnlyList<string> Adjectives { get; init; } = [];

    /// <summary>Words that begin a new statement, so that the parts of a phrase do not lie on both sides of them.</summary>
    public required IReadOnlyList<string> Stops { get; init; }

    /// <summary>Beginnings of an answer that is neither yes nor no; they come before the others.</summary>
    public IReadOnlyList<string> Unsure { get; init; } = [];

    /// <summary>Beginnings of an answer that affirms, also before a comma or with words that say the same again.</summary>
    public required IReadOnlyList<string> Yes { get; init; }

    /// <summary>Answers that affirm only where nothing follows but a word of degree or time.</summary>
    public IReadOnlyList<string> Agreements { get; init; } = [];

    /// <summary>Beginnings of an answer that denies, like <see cref="Yes"/>.</summary>
    public required IReadOnlyList<string> No { get; init; }

    /// <summary>Answers that deny only where nothing follows, like <see cref="Agreements"/>.</summary>
    public IReadOnlyList<string> Disagreements { get; init; } = [];

    /// <summary>Words of degree and time that an answer may add.</summary>
    public IReadOnlyList<string> Additions { get; init; } = [];

    /// <summary>Verbs that only say an answer again ("yes, it does").</summary>
    public IReadOnlyList<string> Auxiliaries { get; init; } = [];

    /// <summary>Beginnings of a sentence that only looks up what it names next.</summary>
    public IReadOnlyList<string> LookUps { get; init; } = [];

    /// <summary>Words that join names that are looked up together.</summary>
    public IReadOnlyList<string> Joins { get; init; } = [];

    /// <summary>Words after which a condition is one that somebody says to have.</summary>
    public IReadOnlyList<string> Claims { get; init; } = [];

    /// <summary>Words that are recognised although they are misspelled.</summary>
    public IReadOnlyList<string> Forgiven { get; init; } = [];

    /// <summary>Ordinary words that are no misspelling of those.</summary>
    public IReadOnlyList<string> Ordinary { get; init; } = [];
}
