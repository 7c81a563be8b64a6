namespace DermAssistant.Ontology;

/// <summary>Something wrong in the ontology's files.</summary>
/// <param name="File">Relative to the ontology folder.</param>
/// <param name="Line">One-based.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record OntologyFault(string File, int Line, string Message, string Remedy)
{
    public override string ToString() => $"{File}:{Line}: {Message} {Remedy}";

    internal OntologyException ToException(Exception? cause = null) => new($"{File}:{Line}: {Message}", Remedy, cause) { Fault = this };
}
