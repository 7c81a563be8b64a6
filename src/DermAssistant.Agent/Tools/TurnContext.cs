using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>What the tools of one turn work on.</summary>
/// <param name="Photos">The conversation's accepted photos, those of this question included.</param>
/// <param name="CurrentPhoto">The number of the photo a tool means when none is given, or null.</param>
/// <param name="Signs">The signs reported or denied so far, this question's included.</param>
internal sealed record TurnContext(
    IReadOnlyList<ConversationPhoto> Photos,
    int? CurrentPhoto,
    string? Focus,
    IReadOnlyList<ReportedSign> Signs,
    EvidenceLedger Ledger)
{
    /// <summary>The photo with this number, the current one for 0, or null.</summary>
    public ConversationPhoto? Photo(int number) => Photos.FirstOrDefault(p => p.Number == (number == 0 ? CurrentPhoto : number));

    /// <summary>Why there is no such photo.</summary>
    public string Missing(int number) => Photos.Count == 0
        ? "There is no photo in this conversation."
        : $"There is no readable photo {number}; there is {Words.List([.. Photos.Select(p => $"photo {p.Number}")])}.";
}
