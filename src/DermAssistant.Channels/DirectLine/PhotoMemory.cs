namespace DermAssistant.Channels.DirectLine;

/// <summary>How much memory photos may take: those that arrive, and those that wait to be looked at.</summary>
internal sealed class PhotoMemory(ChannelsOptions options)
{
    public ByteBudget Arriving { get; } = new(options.MaxWaitingBytes);

    public ByteBudget Waiting { get; } = new(options.MaxWaitingBytes);
}

/// <summary>Room that is taken and given back.</summary>
internal sealed class ByteBudget(long limit)
{
    private long _taken;

    /// <summary>Takes room, or none where there is not enough.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= limit) return true;
        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    public void Return(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
