using DermAssistant.Agent;

namespace DermAssistant.Channels;

/// <summary>What happens while a message is answered. The last event is a <see cref="TurnAnswered"/> or a <see cref="TurnFailed"/>.</summary>
public abstract record TurnEvent
{
    private protected TurnEvent()
    {
    }
}

/// <summary>Something is being done, for example "looking at your photo".</summary>
/// <param name="Text">For people.</param>
/// <param name="Tool">The tool that is running, or null.</param>
public sealed record TurnProgress(string Text, string? Tool) : TurnEvent;

/// <summary>The answer as far as it is written; every event repeats what was written before and adds one sentence.</summary>
/// <param name="Claims">Checked sentences in order; none of them is taken back.</param>
public sealed record TurnWriting(IReadOnlyList<Claim> Claims) : TurnEvent;

/// <summary>The answer.</summary>
/// <param name="AnswerId">What feedback and evidence are asked for by; unguessable.</param>
/// <param name="Photos">The photos the answer speaks of, in the order of their numbers.</param>
public sealed record TurnAnswered(string AnswerId, Answer Answer, IReadOnlyList<AnswerPhoto> Photos) : TurnEvent;

/// <summary>There is no answer.</summary>
/// <param name="Text">What happened and what the user can do, in sentences for the user.</param>
public sealed record TurnFailed(string Text) : TurnEvent
{
    /// <summary>Whether the server is at fault rather than the message.</summary>
    public bool ByServer { get; init; }
}

/// <summary>A photo an answer speaks of.</summary>
/// <param name="Number">The photo's number in its conversation, from 1; evidence names it as <c>photo</c>.</param>
/// <param name="Sha256">The hash of the file that was sent.</param>
public sealed record AnswerPhoto(int Number, string File, string Sha256);
