namespace DermAssistant.Agent;

/// <summary>Lets one turn at a time work on a conversation; locks nobody waits for take no memory.</summary>
internal sealed class ConversationLocks
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public async Task<IDisposable> EnterAsync(string conversation, CancellationToken cancellationToken)
    {
        Entry entry;
        lock (_gate)
        {
            if (!_entries.TryGetValue(conversation, out entry!)) _entries[conversation] = entry = new Entry();
            entry.Users++;
        }

        try
        {
            await entry.Turn.WaitAsync(cancellationToken);
        }
        catch
        {
            Release(conversation, entry, entered: false);
            throw;
        }

        return new Turn(() => Release(conversation, entry, entered: true));
    }

    private void Release(string conversation, Entry entry, bool entered)
    {
        lock (_gate)
        {
            if (entered) entry.Turn.Release();
            if (--entry.Users > 0) return;
            _entries.Remove(conversation);
            entry.Turn.Dispose();
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int Users { get; set; }
    }

    private sealed class Turn(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}
