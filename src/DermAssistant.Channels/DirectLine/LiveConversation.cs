using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using DermAssistant.Channels.Activities;
using DermAssistant.Channels.Conversations;

namespace DermAssistant.Channels.DirectLine;

/// <summary>An activity on its way to a client.</summary>
/// <param name="Watermark">The client is up to date until here once it has the activity.</param>
internal readonly record struct Delivery(Activity Activity, long Watermark);

/// <summary>A conversation somebody takes part in right now: numbers what is said, keeps it and hands it to whoever listens.</summary>
/// <remarks>
/// What is said is kept and counts: its number is the watermark. What is whispered (typing, a text in writing) reaches only those who listen now.
/// Sequence ids put both in one order: ten thousand for each kept activity, and one for each whisper after it.
/// </remarks>
internal sealed class LiveConversation
{
    private const int WhispersBetween = 10_000;

    // A client that lags this far behind is cut off and comes back with its watermark.
    private const int LongestLag = 4_096;

    private readonly Lock _gate = new();
    private readonly ConversationKey _key;
    private readonly ActivityLog _log;
    private readonly TimeProvider _time;
    private readonly List<Channel<Delivery>> _listeners = [];
    private long _last;
    private int _whispers;
    private bool _retired;

    public LiveConversation(ConversationKey key, ActivityLog log, TimeProvider time)
    {
        (_key, _log, _time) = (key, log, time);
        _last = log.Last(key);
        Used = time.GetTimestamp();
    }

    /// <summary>When something last happened, as a timestamp of the clock.</summary>
    public long Used { get; private set; }


    /// <summary>Uses it, unless it is retired: two live copies of one conversation would number alike.</summary>
    public bool TryUse<T>(Func<LiveConversation, T> use, out T? result)
    {
        lock (_gate)
        {
            result = _retired ? default : use(this);
            return !_retired;
        }
    }

    /// <summary>Keeps an activity and hands it out.</summary>
    /// <returns>The activity with its id, or null when the conversation is gone.</returns>
    public Activity? Say(Activity draft)
    {
        lock (_gate)
        {
            Used = _time.GetTimestamp();
            var number = _last + 1;
            var activity = Complete(draft, Id(number), number * WhispersBetween);
            if (!_log.Append(_key, number, activity)) return null;
            (_last, _whispers) = (number, 0);
            HandOut(new(activity, number));
            return activity;
        }
    }

    /// <summary>Hands out an activity without keeping it.</summary>
    /// <param name="draft">Makes the activity, given the id it will have.</param>
    public Activity Whisper(Func<string, Activity> draft)
    {
        lock (_gate)
        {
            Used = _time.GetTimestamp();
            if (_whispers < WhispersBetween - 1) _whispers++;
            var id = string.Create(CultureInfo.InvariantCulture, $"{Id(_last)}.{_whispers}");
            var activity = Complete(draft(id), id, _last * WhispersBetween + _whispers);
            HandOut(new(activity, _last));
            return activity;
        }
    }

    /// <summary>Everything after a watermark and then whatever follows, without a gap.</summary>
    public (IReadOnlyList<Delivery> Replay, ChannelReader<Delivery> Live, Action Leave) Listen(long after)
    {
        var listener = Channel.CreateBounded<Delivery>(new BoundedChannelOptions(LongestLag) { SingleReader = true });
        lock (_gate)
        {
            Used = _time.GetTimestamp();
            var replay = _log.After(_key, after).Select(entry => new Delivery(entry.Activity, entry.Sequence)).ToList();
            _listeners.Add(listener);
            return (replay, listener.Reader, () => Leave(listener));
        }
    }

    /// <summary>Ends every stream; for a conversation that was erased.</summary>
    public void End()
    {
        lock (_gate)
        {
            _retired = true;
            foreach (var listener in _listeners) listener.Writer.TryComplete();
            _listeners.Clear();
        }
    }

    /// <summary>Retires it when nobody listens and nothing has happened for a while.</summary>
    public bool TryRetire(TimeSpan idle)
    {
        lock (_gate)
        {
            if (_listeners.Count > 0 || _time.GetElapsedTime(Used) < idle) return false;
            return _retired = true;
        }
    }

    private void Leave(Channel<Delivery> listener)
    {
        lock (_gate)
        {
            Used = _time.GetTimestamp();
            _listeners.Remove(listener);
        }
    }

    private void HandOut(Delivery delivery)
    {
        for (var i = _listeners.Count - 1; i >= 0; i--)
        {
            if (_listeners[i].Writer.TryWrite(delivery)) continue;
            _listeners[i].Writer.TryComplete();
            _listeners.RemoveAt(i);
        }
    }

    private Activity Complete(Activity draft, string id, long sequence)
    {
        var data = draft.ChannelData is JsonObject given ? (JsonObject)given.DeepClone() : [];
        data["webchat:sequence-id"] = sequence;
        return draft with
        {
            Id = id,
            Timestamp = _time.GetUtcNow(),
            ChannelId = _key.Channel,
            Conversation = new ConversationAccount(_key.Id),
            ChannelData = data,
        };
    }

    private string Id(long number) => string.Create(CultureInfo.InvariantCulture, $"{_key.Id}|{number:D7}");
}
