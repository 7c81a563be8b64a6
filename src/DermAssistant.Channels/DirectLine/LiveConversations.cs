using System.Collections.Concurrent;
using System.Threading.Channels;
using DermAssistant.Channels.Activities;
using DermAssistant.Channels.Conversations;

namespace DermAssistant.Channels.DirectLine;

/// <summary>The conversations that are going on in this process.</summary>
internal sealed class LiveConversations(ActivityLog log, TimeProvider time)
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<ConversationKey, LiveConversation> _live = new();

    /// <inheritdoc cref="LiveConversation.Say"/>
    public Activity? Say(ConversationKey key, Activity draft) => In(key, live => live.Say(draft));

    /// <inheritdoc cref="LiveConversation.Whisper"/>
    public Activity Whisper(ConversationKey key, Func<string, Activity> draft) => In(key, live => live.Whisper(draft));

    /// <inheritdoc cref="LiveConversation.Listen"/>
    public (IReadOnlyList<Delivery> Replay, ChannelReader<Delivery> Live, Action Leave) Listen(ConversationKey key, long after) => In(key, live => live.Listen(after));

    /// <summary>Ends the streams of a conversation that was erased.</summary>
    public void End(ConversationKey key)
    {
        if (_live.TryRemove(key, out var live)) live.End();
    }

    /// <summary>Lets go of conversations in which nothing happens.</summary>
    public void Retire()
    {
        foreach (var (key, live) in _live)
            if (live.TryRetire(Idle)) _live.TryRemove(new(key, live));
    }

    private T In<T>(ConversationKey key, Func<LiveConversation, T> use)
    {
        while (true)
        {
            var live = _live.GetOrAdd(key, key => new LiveConversation(key, log, time));
            if (live.TryUse(use, out var result)) return result!;
            _live.TryRemove(new(key, live));
        }
    }
}
