namespace DermAssistant.Channels;

/// <summary>Runs turns behind requests that were answered already: a bounded number at once, one at a time for each conversation, the rest in order.</summary>
public interface ITurnQueue
{
    /// <summary>Takes in a turn.</summary>
    /// <param name="turn">Runs once; its token is cancelled when the host cannot wait any longer. It reports its own failures.</param>
    /// <returns>False when the queue is full or the host is stopping; the caller then tells the user.</returns>
    bool TryEnter(ConversationKey conversation, Func<CancellationToken, Task> turn);
}
