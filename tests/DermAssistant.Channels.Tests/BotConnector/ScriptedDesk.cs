using System.Runtime.CompilerServices;

namespace DermAssistant.Channels.Tests.BotConnector;

/// <summary>A desk that answers as the test says and remembers what it was asked.</summary>
internal sealed class ScriptedDesk : IChatDesk
{
    private readonly Lock _lock = new();
    private readonly List<IncomingMessage> _asked = [];

    public Func<IncomingMessage, CancellationToken, IAsyncEnumerable<TurnEvent>> Script { get; set; } = (message, _) => Events(Answers.Text("a1", $"You said {message.Text}."));

    public List<(ConversationKey Conversation, string? AnswerId, Rating Rating)> Ratings { get; } = [];

    public List<ConversationKey> Erased { get; } = [];

    public IReadOnlyList<IncomingMessage> Asked
    {
        get
        {
            lock (_lock) return [.. _asked];
        }
    }

    public static async IAsyncEnumerable<TurnEvent> Events(params TurnEvent[] events)
    {
        foreach (var happened in events)
        {
            await Task.Yield();
            yield return happened;
        }
    }

    public async IAsyncEnumerable<TurnEvent> AnswerAsync(IncomingMessage message, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        lock (_lock) _asked.Add(message);
        await foreach (var happened in Script(message, cancellationToken).WithCancellation(cancellationToken)) yield return happened;
    }

    public Task<bool> RateAsync(ConversationKey conversation, string? answerId, Rating rating, CancellationToken cancellationToken = default)
    {
        lock (_lock) Ratings.Add((conversation, answerId, rating));
        return Task.FromResult(true);
    }

    public Task EraseAsync(ConversationKey conversation, CancellationToken cancellationToken = default)
    {
        lock (_lock) Erased.Add(conversation);
        return Task.CompletedTask;
    }
}
