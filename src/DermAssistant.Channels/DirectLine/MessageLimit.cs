using System.Threading.RateLimiting;

namespace DermAssistant.Channels.DirectLine;

/// <summary>How many activities a user may send.</summary>
internal sealed class MessageLimit(ChannelsOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _users = PartitionedRateLimiter.Create<string, string>(user => RateLimitPartition.GetTokenBucketLimiter(user, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = options.DirectLine.MessageBurst,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromMinutes(1) / options.DirectLine.MessagesPerMinute,
        QueueLimit = 0,
    }));

    /// <summary>Seconds to wait before the next, or null when it may be sent now.</summary>
    public int? Wait(string user)
    {
        using var lease = _users.AttemptAcquire(user);
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
    }

    public void Dispose() => _users.Dispose();
}
