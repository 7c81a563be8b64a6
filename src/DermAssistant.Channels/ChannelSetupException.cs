namespace DermAssistant.Channels;

/// <summary>The channels' options cannot be used; the host must not start with them.</summary>
public sealed class ChannelSetupException(string message, string hint) : Exception(message)
{
    /// <summary>What the operator can do.</summary>
    public string Hint { get; } = hint;
}
