namespace DermAssistant.Ontology;

/// <summary>The four levels of the ontology, from the top.</summary>
public enum NodeLevel
{
    Category = 1,
    Group,
    Subgroup,
    Condition,
}
