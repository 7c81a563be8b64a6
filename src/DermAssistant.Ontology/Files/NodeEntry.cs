namespace DermAssistant.Ontology.Files;

/// <summary>A reference by name, and the line it stands on.</summary>
/// <remarks>A class like all entries: lists of classes share compiled code, lists of structs are compiled anew in every process.</remarks>
internal sealed record NameAt(string Name, int Line);

/// <summary>A concept link as written.</summary>
internal sealed record ConceptEntry(string Concept, ConceptWeight Weight, string Source, int Line);

/// <summary>A sourced statement as written.</summary>
internal sealed record StatementEntry(string Text, string Source, int Line);

/// <summary>A category, group, subgroup or condition as its file writes it.</summary>
internal sealed class NodeEntry
{
    public required string File { get; init; }
    public required int Line { get; init; }
    public required NodeLevel Level { get; init; }
    public string Id { get; set; } = "";
    public string Name { get; set; } = "";
    public string? PlainName { get; set; }
    public List<NameAt> Synonyms { get; } = [];
    public Dictionary<string, NameAt> Codes { get; } = [];
    public ConditionFlags Flags { get; } = new();
    public Urgency? Urgency { get; set; }
    public string? UrgencySource { get; set; }
    public int UrgencyLine { get; set; }
    public IReadOnlyList<StatementEntry> Sites { get; set; } = [];
    public IReadOnlyList<StatementEntry> Ages { get; set; } = [];
    public IReadOnlyList<ConceptEntry> Concepts { get; set; } = [];
    public IReadOnlyList<NameAt> Covers { get; set; } = [];
    public IReadOnlyList<NameAt> Sources { get; set; } = [];
    public bool Reviewed { get; set; }
    public string? Doubt { get; set; }
    public IReadOnlyList<NodeEntry> Children { get; set; } = [];

    /// <summary>The entry in words, for faults.</summary>
    public string Described => $"{Level.ToString().ToLowerInvariant()} '{Name}'";
}
