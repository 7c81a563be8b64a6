namespace DermAssistant.Channels.DirectLine;

/// <summary>How many streams each user holds open.</summary>
internal sealed class OpenStreams(ChannelsOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>How many streams there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _open.Values.Sum();
        }
    }

    /// <returns>Null when the user holds as many as are allowed; dispose of it when the stream ends.</returns>
    public IDisposable? TryOpen(string user)
    {
        lock (_gate)
        {
            var open = _open.GetValueOrDefault(user);
            if (open >= options.DirectLine.MaxStreamsPerUser) return null;
            _open[user] = open + 1;
        }

        return new Stream(this, user);
    }

    private sealed class Stream(OpenStreams streams, string user) : IDisposable
    {
        private int _closed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _closed, 1) == 1) return;
            lock (streams._gate)
            {
                if (--streams._open[user] == 0) streams._open.Remove(user);
            }
        }
    }
}
