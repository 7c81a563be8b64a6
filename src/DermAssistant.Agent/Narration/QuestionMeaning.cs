using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>What a question asks for. Several may hold ("What could this be, and why?").</summary>
internal enum Intent
{
    Greeting,
    Thanks,
    Farewell,
    WhoAreYou,
    Help,
    WhatIsIt,
    Why,
    WhatDoYouSee,
    SimilarCases,
    Hierarchy,
    Compare,
    ComparePhotos,
    LookUp,
    ExplainTerm,
    IsItCondition,
    Malignancy,
    Urgency,
    Confidence,
    PhotoQuality,
    Limits,
    Treatment,

    /// <summary>Speaks of skin without asking anything the narrator knows; never part of a meaning.</summary>
    Skin,

    Unclear,
    Outside,
}

/// <summary>A question as the narrator understood it.</summary>
/// <param name="Intents">In the order in which they are answered; never empty.</param>
/// <param name="Conditions">Nodes named in the question, in order, each once.</param>
/// <param name="Photos">The photos named in the question.</param>
internal sealed record QuestionMeaning(IReadOnlyList<Intent> Intents, IReadOnlyList<OntologyNode> Conditions, PhotoReferences Photos)
{
    /// <summary>The concept, checklist or word the question asks the meaning of, as <c>explain_term</c> takes it; null unless it does.</summary>
    public string? Term { get; init; }

    public bool Asks(Intent intent) => Intents.Contains(intent);
}
