using DermAssistant.Channels.DirectLine;

namespace DermAssistant.Channels;

/// <summary>How the channels are set up.</summary>
public sealed record ChannelsOptions
{
    /// <summary>The folder with conversations and keys, made when it is absent; null keeps both only for as long as the process runs.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>The folder with the keys that conversations are encrypted with; null stands for <c>keys</c> in <see cref="DataDirectory"/>.</summary>
    public string? KeyDirectory { get; init; }

    /// <summary>How long a conversation and its photos are kept after its last use.</summary>
    public TimeSpan ConversationLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The longer side of the copy that is kept of a photo, in pixels; at least 256. Photos are read at full size before.</summary>
    public int KeptPhotoSide { get; init; } = 2_048;

    /// <summary>How many answers are worked on at once; at least 1.</summary>
    public int MaxRunningTurns { get; init; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>How many messages may wait for their turn in all; at least 1.</summary>
    public int MaxWaitingTurns { get; init; } = 256;

    /// <summary>How many messages of one conversation may wait; at least 1.</summary>
    public int MaxWaitingTurnsPerConversation { get; init; } = 8;

    /// <summary>How many bytes of photos may wait in memory, and how many may be arriving; at least 20,000,000.</summary>
    public long MaxWaitingBytes { get; init; } = 512_000_000;

    /// <summary>How the product's own messages and Direct Line are limited.</summary>
    public DirectLineOptions DirectLine { get; init; } = new();

    internal string? KeyFolder => KeyDirectory ?? (DataDirectory is { } data ? Path.Combine(data, "keys") : null);

    /// <summary>Checks every value.</summary>
    /// <exception cref="ChannelSetupException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        Require(ConversationLifetime > TimeSpan.Zero, nameof(ConversationLifetime), "give a positive time span");
        Require(KeptPhotoSide >= 256, nameof(KeptPhotoSide), "give at least 256");
        Require(MaxRunningTurns >= 1, nameof(MaxRunningTurns), "give at least 1");
        Require(MaxWaitingTurns >= 1, nameof(MaxWaitingTurns), "give at least 1");
        Require(MaxWaitingTurnsPerConversation >= 1, nameof(MaxWaitingTurnsPerConversation), "give at least 1");
        Require(MaxWaitingBytes >= 20_000_000, nameof(MaxWaitingBytes), "give at least 20000000");
        DirectLine.Validate();
    }

    internal static void Require(bool holds, string option, string remedy)
    {
        if (!holds) throw new ChannelSetupException($"The channels' option {option} cannot be used.", $"For {option}, {remedy}.");
    }
}
