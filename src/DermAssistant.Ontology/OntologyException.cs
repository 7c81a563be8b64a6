namespace DermAssistant.Ontology;

/// <summary>The ontology cannot be loaded, or a name is not in it.</summary>
public sealed class OntologyException(string message, string hint, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the user can do.</summary>
    public string Hint { get; } = hint;

    /// <summary>Where in the files, or null when it is not about a file.</summary>
    public OntologyFault? Fault { get; internal init; }
}
