namespace DermAssistant.Ontology;

/// <summary>What is known of a condition's nature; several may hold.</summary>
public enum ConditionFlag
{
    Malignant,
    InSitu,
    Premalignant,
    Benign,
    Inflammatory,
    Infectious,
    Contagious,
    Genetic,
    DrugRelated,
    Autoimmune,
    Vascular,
    Traumatic,
    NormalVariant,
    SelfLimiting,
    Emergency,
    Urgent,
    SuspectedCancerPathway,
}

/// <summary>How a concept speaks for a condition, or against it.</summary>
public enum ConceptWeight
{
    Cardinal,
    Common,
    Possible,
    Against,
}

/// <summary>A concept linked to a condition.</summary>
public sealed record ConceptLink(string ConceptId, ConceptWeight Weight, string Source);

/// <summary>A condition that resembles another, and what separates the two.</summary>
/// <param name="Difference">All statements, one after the other.</param>
/// <param name="Source">Id of the source of the first statement.</param>
public sealed record LookAlike(string ConditionId, string Difference, string Source)
{
    /// <summary>The statements of the difference, each with its own source.</summary>
    public IReadOnlyList<SourcedStatement> Statements { get; init; } = [];

    /// <summary>What a reviewer should look at first, or null.</summary>
    public string? Doubt { get; init; }
}

/// <summary>A category, group, subgroup or condition. Immutable once the graph is loaded.</summary>
public sealed class OntologyNode
{
    /// <summary>Unique by path: the slugs of the names from the category down, joined by '/'.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required NodeLevel Level { get; init; }

    /// <summary>The node above, or null for a category.</summary>
    public OntologyNode? Parent { get; init; }

    /// <summary>The nodes below, in the order of the file.</summary>
    public IReadOnlyList<OntologyNode> Children { get; init; } = [];

    /// <summary>Names from the category down to this node.</summary>
    public required IReadOnlyList<string> Path { get; init; }

    public IReadOnlyList<string> Synonyms { get; init; } = [];

    /// <summary>A name a lay person uses, or null.</summary>
    public string? PlainName { get; init; }

    public IReadOnlySet<ConditionFlag> Flags { get; init; } = ConditionFlags.None;

    /// <summary>Codes by system: <c>icd10cm</c>, <c>doid</c>, <c>mesh</c>.</summary>
    public IReadOnlyDictionary<string, string> Codes { get; init; } = new Dictionary<string, string>();

    /// <summary>The urgency when nothing else is known, or null above the level of conditions.</summary>
    public Urgency? DefaultUrgency { get; init; }

    public IReadOnlyList<ConceptLink> Concepts { get; init; } = [];

    public IReadOnlyList<LookAlike> LookAlikes { get; init; } = [];

    /// <summary>Where the statements about this node come from.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Whether a clinician has reviewed the statements.</summary>
    public bool Reviewed { get; init; }

    /// <summary>What a reviewer should look at first, or null.</summary>
    public string? Doubt { get; init; }

    /// <summary>Id of the source of <see cref="DefaultUrgency"/>, or null above the level of conditions.</summary>
    public string? UrgencySource { get; init; }

    /// <summary>Where on the body it is usually seen; only what a source states.</summary>
    public IReadOnlyList<SourcedStatement> UsualSites { get; init; } = [];

    /// <summary>At what age it is usually seen; only what a source states.</summary>
    public IReadOnlyList<SourcedStatement> UsualAges { get; init; } = [];

    /// <summary>The more specific conditions this one stands for when it is used as a class; empty for most.</summary>
    public IReadOnlyList<OntologyNode> Covers { get; init; } = [];

    /// <summary>True for malignant and in-situ conditions: those that count towards the malignancy mass.</summary>
    public bool CountsAsMalignant => Flags.Contains(ConditionFlag.Malignant) || Flags.Contains(ConditionFlag.InSitu);

    /// <summary>True when the other node lies at or below this one, or among the conditions this one stands for.</summary>
    public bool Includes(OntologyNode other) => other.IsWithin(this) || Covers.Contains(other);

    /// <summary>True for this node and everything above it.</summary>
    public bool IsWithin(OntologyNode ancestor)
    {
        for (var node = this; node is not null; node = node.Parent)
            if (ReferenceEquals(node, ancestor)) return true;
        return false;
    }
}
