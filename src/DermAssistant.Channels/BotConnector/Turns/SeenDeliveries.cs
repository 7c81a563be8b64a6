namespace DermAssistant.Channels.BotConnector;

/// <summary>Remembers which activities were taken in, for a connector that heard no answer in time delivers again.</summary>
/// <remarks>Safe for concurrent use; what is older than ten minutes, or beyond the last ten thousand, is forgotten.</remarks>
internal sealed class SeenDeliveries(TimeProvider clock)
{
    private const int Most = 10_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly HashSet<Delivery> _seen = [];
    private readonly Queue<(Delivery Delivery, DateTimeOffset At)> _order = [];

    /// <summary>Whether this is the first time; an activity without an id always is.</summary>
    public bool TryEnter(Delivery delivery)
    {
        if (string.IsNullOrEmpty(delivery.Activity)) return true;
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            while (_order.TryPeek(out var oldest) && (_order.Count > Most || now - oldest.At > KeptFor)) _seen.Remove(_order.Dequeue().Delivery);
            if (!_seen.Add(delivery)) return false;
            _order.Enqueue((delivery, now));
            return true;
        }
    }

    /// <summary>Says that the activity was not taken in after all.</summary>
    public void Leave(Delivery delivery)
    {
        lock (_lock) _seen.Remove(delivery);
    }
}

/// <summary>What makes an activity the same as another.</summary>
internal readonly record struct Delivery(string? Channel, string? Conversation, string? Activity);
