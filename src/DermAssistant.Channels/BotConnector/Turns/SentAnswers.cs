namespace DermAssistant.Channels.BotConnector;

/// <summary>Which message carried which answer, so that a thumb under a message finds its answer.</summary>
/// <remarks>Safe for concurrent use. The last ten thousand are known; a thumb under an older message counts for the conversation's last answer.</remarks>
internal sealed class SentAnswers
{
    private const int Most = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(ConversationKey Conversation, string Message), string> _answers = [];
    private readonly Queue<(ConversationKey Conversation, string Message)> _order = [];

    public void Add(ConversationKey conversation, string? message, string answer)
    {
        if (string.IsNullOrEmpty(message)) return;
        lock (_lock)
        {
            if (_answers.TryAdd((conversation, message), answer)) _order.Enqueue((conversation, message));
            while (_order.Count > Most) _answers.Remove(_order.Dequeue());
        }
    }

    public string? Find(ConversationKey conversation, string? message)
    {
        lock (_lock) return message is not null && _answers.TryGetValue((conversation, message), out var answer) ? answer : null;
    }
}
