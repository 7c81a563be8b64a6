namespace DermAssistant.Agent;

/// <summary>Keeps conversations in memory; those unused for long are dropped.</summary>
public sealed class MemoryConversationStore : IConversationStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Conversation Conversation, DateTimeOffset Used)> _kept = new(StringComparer.Ordinal);
    private readonly int _capacity;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _time;

    /// <summary>A store of at most <paramref name="capacity"/> conversations, each kept for <paramref name="lifetime"/> after its last use.</summary>
    public MemoryConversationStore(int capacity, TimeSpan lifetime, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        (_capacity, _lifetime, _time) = (capacity, lifetime, time ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public Task<Conversation?> LoadAsync(string id, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            DropExpired();
            if (!_kept.TryGetValue(id, out var entry)) return Task.FromResult<Conversation?>(null);
            _kept[id] = (entry.Conversation, _time.GetUtcNow());
            return Task.FromResult<Conversation?>(entry.Conversation);
        }
    }

    /// <inheritdoc/>
    public Task SaveAsync(Conversation conversation, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _kept[conversation.Id] = (conversation, _time.GetUtcNow());
            DropExpired();
            while (_kept.Count > _capacity) _kept.Remove(_kept.MinBy(pair => pair.Value.Used).Key);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string id, CancellationToken cancellationToken = default)
    {
        lock (_gate) _kept.Remove(id);
        return Task.CompletedTask;
    }

    private void DropExpired()
    {
        var oldest = _time.GetUtcNow() - _lifetime;
        foreach (var (id, entry) in _kept)
            if (entry.Used < oldest) _kept.Remove(id);
    }
}
