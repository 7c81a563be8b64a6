using DermAssistant.Diagnosis;

namespace DermAssistant.Agent;

/// <summary>One sentence of an answer with the ids of its evidence.</summary>
/// <param name="Evidence">Ids of <see cref="Answer.Evidence"/>; empty only for a sentence that states nothing clinical, such as a greeting.</param>
public sealed record Claim(string Text, IReadOnlyList<string> Evidence)
{
    /// <summary>The paragraph of the answer the sentence stands in, from 0.</summary>
    public int Paragraph { get; init; }
}

/// <summary>A sentence the grounding check cut or rewrote, and why.</summary>
public sealed record RemovedClaim(string Text, string Why);

/// <summary>The models an answer was made with.</summary>
/// <param name="Chat"><c>narrator</c> or the language model's name.</param>
/// <param name="Encoder">The model pack that read the photos, or the empty string where there was none to read.</param>
public sealed record AnswerModels(string Chat, string Encoder);

/// <summary>Claims in order, next questions and the evidence bundle.</summary>
/// <param name="Suggestions">What the person could ask next.</param>
/// <param name="Text">The claims as shown to the user: sentences joined by a space, paragraphs by an empty line.</param>
/// <param name="Readings">The readings of the photos the answer speaks of; renderers make cards from them.</param>
public sealed record Answer(
    string Conversation,
    string Text,
    IReadOnlyList<Claim> Claims,
    IReadOnlyList<RemovedClaim> Removed,
    IReadOnlyList<string> Suggestions,
    IReadOnlyList<string> Tools,
    IReadOnlyList<Evidence> Evidence,
    AnswerModels Models,
    IReadOnlyList<Reading> Readings)
{
    /// <summary>One short question to the person about a sign no photo shows, which a reply such as "yes" answers; null where nothing needs asking.</summary>
    public string? Asks { get; init; }

    /// <summary>Whether the conversation began with this question: no earlier one was kept under its id.</summary>
    public bool Begins { get; init; }

    /// <summary>What the answer can be recomputed from; the assistant always gives one.</summary>
    public EvidenceBundle? Bundle { get; init; }

    /// <summary>Claims joined as shown to the user.</summary>
    public static string Join(IEnumerable<Claim> claims) => string.Join(
        "\n\n",
        claims.GroupBy(claim => claim.Paragraph).OrderBy(paragraph => paragraph.Key).Select(paragraph => string.Join(' ', paragraph.Select(claim => claim.Text))));
}
