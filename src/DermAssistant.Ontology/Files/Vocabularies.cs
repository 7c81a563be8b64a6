namespace DermAssistant.Ontology.Files;

/// <summary>The fixed lists of words in the data files.</summary>
internal static class Vocabularies
{
    public static Vocabulary<Urgency> Urgencies { get; } = new("selfCare", "routine", "soon", "urgent", "emergency");

    public static Vocabulary<ConditionFlag> Flags { get; } = new(
        "malignant", "inSitu", "premalignant", "benign", "inflammatory", "infectious", "contagious", "genetic", "drugRelated", "autoimmune", "vascular", "traumatic",
        "normalVariant", "selfLimiting", "emergency", "urgent", "suspectedCancerPathway");

    public static Vocabulary<ConceptWeight> Weights { get; } = new("cardinal", "common", "possible", "against");

    public static Vocabulary<ConceptModality> Modalities { get; } = new("clinical", "dermoscopic", "both");

    public static Vocabulary<ReviewState> ReviewStates { get; } = new("unreviewed", "reviewed");
}

/// <summary>Whether a clinician has gone through an entry.</summary>
internal enum ReviewState
{
    Unreviewed,
    Reviewed,
}
