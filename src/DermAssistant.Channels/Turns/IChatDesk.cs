namespace DermAssistant.Channels;

/// <summary>Where every channel hands in what was said and takes out what to say. Knows no protocol.</summary>
/// <remarks>Safe for concurrent use; messages of one conversation are answered one after the other.</remarks>
public interface IChatDesk
{
    /// <summary>Answers a message.</summary>
    /// <remarks>
    /// Bad input, a missing model pack and a failing store are events, not exceptions. Cancelling ends the stream with an
    /// <see cref="OperationCanceledException"/>; nothing of the message is then remembered.
    /// </remarks>
    IAsyncEnumerable<TurnEvent> AnswerAsync(IncomingMessage message, CancellationToken cancellationToken = default);

    /// <summary>Keeps what a user thinks of an answer, beside its evidence.</summary>
    /// <param name="answerId">Null stands for the conversation's last answer: some clients do not say which one they mean.</param>
    /// <returns>Whether the conversation holds such an answer.</returns>
    Task<bool> RateAsync(ConversationKey conversation, string? answerId, Rating rating, CancellationToken cancellationToken = default);

    /// <summary>Erases a conversation: what was said, its photos, answers and ratings.</summary>
    Task EraseAsync(ConversationKey conversation, CancellationToken cancellationToken = default);
}

/// <summary>Thumbs up or down, with words or without.</summary>
/// <param name="Comment">At most 2,000 characters are kept.</param>
public sealed record Rating(bool Helpful, string? Comment);
