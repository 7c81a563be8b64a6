namespace DermAssistant.Channels.DirectLine;

/// <summary>How much of what was sent may wait in memory to be looked at.</summary>
internal sealed class WaitingBytes(ChannelsOptions options)
{
    private long _taken;

    /// <summary>Takes room, or none where there is not enough.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= options.MaxWaitingBytes) return true;
        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    public void Return(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
