namespace DermAssistant.Channels;

/// <summary>How the channels are set up.</summary>
public sealed record ChannelsOptions
{
    /// <summary>How many answers are worked on at once; at least 1.</summary>
    public int MaxRunningTurns { get; init; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>How many messages may wait for their turn in all; at least 1.</summary>
    public int MaxWaitingTurns { get; init; } = 256;

    /// <summary>How many messages of one conversation may wait; at least 1.</summary>
    public int MaxWaitingTurnsPerConversation { get; init; } = 8;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ChannelSetupException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        Require(MaxRunningTurns >= 1, nameof(MaxRunningTurns), "give at least 1");
        Require(MaxWaitingTurns >= 1, nameof(MaxWaitingTurns), "give at least 1");
        Require(MaxWaitingTurnsPerConversation >= 1, nameof(MaxWaitingTurnsPerConversation), "give at least 1");
    }

    internal static void Require(bool holds, string option, string remedy)
    {
        if (!holds) throw new ChannelSetupException($"The channels' option {option} cannot be used.", $"For {option}, {remedy}.");
    }
}
