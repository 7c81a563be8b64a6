namespace DermAssistant.Channels.Tests.BotConnector;

/// <summary>A clock on which short waits take no time but are seen to have passed; long ones, which are time limits, never come due by themselves.</summary>
internal sealed class LeapClock(TimeSpan? leaps = null) : TimeProvider
{
    private readonly TimeSpan _leaps = leaps ?? TimeSpan.FromSeconds(25);
    private readonly Lock _lock = new();
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public List<TimeSpan> Waits { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public void Advance(TimeSpan time)
    {
        lock (_lock) _now += time;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Leap(callback, state, this);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Leap(TimerCallback callback, object? state, LeapClock clock) : ITimer
    {
        private bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_disposed || dueTime < TimeSpan.Zero || dueTime > clock._leaps) return !_disposed;
            lock (clock._lock)
            {
                clock._now += dueTime;
                clock.Waits.Add(dueTime);
            }

            ThreadPool.QueueUserWorkItem(_ =>
            {
                if (!_disposed) callback(state);
            });
            return true;
        }

        public void Dispose() => _disposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
