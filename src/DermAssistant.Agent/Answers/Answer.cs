using DermAssistant.Diagnosis;

namespace DermAssistant.Agent;

/// <summary>One sentence of an answer with the ids of the evidence it rests on.</summary>
public sealed record Claim(string Text, IReadOnlyList<string> Evidence);

/// <summary>A sentence the grounding check cut or rewrote, and why.</summary>
public sealed record RemovedClaim(string Text, string Why);

/// <summary>The models an answer was made with.</summary>
/// <param name="Chat"><c>narrator</c> or the language model's name.</param>
public sealed record AnswerModels(string Chat, string Encoder);

/// <summary>Claims in order, next questions and the evidence bundle.</summary>
/// <param name="Text">The claims joined as shown to the user.</param>
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
    IReadOnlyList<Reading> Readings);
