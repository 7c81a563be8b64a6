namespace DermAssistant.Ontology;

/// <summary>Something a person reports that bears on urgency, most of which no photo shows.</summary>
/// <param name="Text">As a clause: "it is growing".</param>
/// <param name="Question">How to ask for it in one short question, or null when it is only recognised.</param>
/// <param name="Phrases">Words by which a report of it is recognised, as <c>ontology/README.md</c> describes them.</param>
/// <param name="Context">True for what only says who or what it is about ("a mole", "a child"): alone it reports nothing.</param>
public sealed record Sign(string Id, string Text, string? Question, IReadOnlyList<string> Phrases, bool Context = false)
{
    /// <summary>The line of the file it begins at, for messages.</summary>
    internal int Line { get; init; }
}
