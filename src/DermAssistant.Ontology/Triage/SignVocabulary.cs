namespace DermAssistant.Ontology;

/// <summary>The words that turn a report of a sign around or answer a question.</summary>
/// <param name="Negations">Words that deny what follows.</param>
/// <param name="NotNegations">Turns of phrase that begin with such a word and deny nothing.</param>
/// <param name="Between">Words that may stand between a denial and what it denies; any other word ends its reach.</param>
/// <param name="Stops">Words that begin a new statement.</param>
/// <param name="Unsure">Beginnings of an answer that is neither yes nor no; they come before the other two.</param>
/// <param name="Yes">Beginnings of an answer that affirms.</param>
/// <param name="No">Beginnings of an answer that denies.</param>
public sealed record SignVocabulary(
    IReadOnlyList<string> Negations,
    IReadOnlyList<string> NotNegations,
    IReadOnlyList<string> Between,
    IReadOnlyList<string> Stops,
    IReadOnlyList<string> Unsure,
    IReadOnlyList<string> Yes,
    IReadOnlyList<string> No);
