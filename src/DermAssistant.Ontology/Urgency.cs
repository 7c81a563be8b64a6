namespace DermAssistant.Ontology;

/// <summary>How soon somebody should be seen, ordered from least to most urgent.</summary>
public enum Urgency
{
    SelfCare,
    Routine,
    Soon,
    Urgent,
    Emergency,
}
