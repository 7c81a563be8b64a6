using DermAssistant.Imaging;

namespace DermAssistant.Agent;

/// <summary>A question with what came along with it.</summary>
/// <param name="Conversation">The conversation's id; a new one is begun for an unknown or empty id.</param>
/// <param name="Photos">The gate's results for every file the user sent with this question, refused ones included: an answer says what became of each.</param>
public sealed record Question(string Conversation, string Text, IReadOnlyList<GateResult> Photos);

/// <summary>What is happening while an answer is made.</summary>
/// <param name="Text">For people, for example "looking at your photo".</param>
/// <param name="Tool">The tool that is running, or null.</param>
public sealed record AnswerProgress(string Text, string? Tool)
{
    /// <summary>The next sentence of the answer, or null for a report of what is being done.</summary>
    /// <remarks>
    /// Sentences come in the order of the answer, after the grounding check and only once it is settled that they stand: what was reported is never
    /// taken back, and all of it together is <see cref="Answer.Claims"/>.
    /// </remarks>
    public Claim? Claim { get; init; }
}

/// <summary>Answers questions about skin photos from evidence. The one front door for hosts and channels.</summary>
/// <remarks>Safe for concurrent use; questions of one conversation are answered one after the other.</remarks>
public interface IAssistant
{
    /// <summary>Answers one question in its conversation.</summary>
    Task<Answer> AskAsync(Question question, IProgress<AnswerProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Forgets a conversation and its photos.</summary>
    Task ForgetAsync(string conversation, CancellationToken cancellationToken = default);
}
