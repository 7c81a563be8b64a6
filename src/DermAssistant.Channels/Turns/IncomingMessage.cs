namespace DermAssistant.Channels;

/// <summary>What a user said and sent, however it arrived.</summary>
/// <param name="User">The user's id on the channel; whoever asks for the conversation or for its erasure has to be this user. In a group: the conversation's id.</param>
/// <param name="Text">Words only: without mentions of the bot, without markup. Empty when only files came.</param>
/// <param name="Files">Every file that came with it, in order, those that could not be fetched included.</param>
public sealed record IncomingMessage(ConversationKey Conversation, string User, string Text, IReadOnlyList<IncomingFile> Files);

/// <summary>A file that came with a message, unchecked: the gate decides whether it is a photo.</summary>
public sealed record IncomingFile
{
    private IncomingFile(string name, ReadOnlyMemory<byte> bytes, string? failure) => (Name, Bytes, Failure) = (name, bytes, failure);

    /// <summary>The name it was sent under.</summary>
    public string Name { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Why the file never arrived, with the remedy, in sentences for the user; null when it did.</summary>
    public string? Failure { get; }

    /// <summary>A file that is here.</summary>
    public static IncomingFile Arrived(string name, ReadOnlyMemory<byte> bytes) => new(name, bytes, null);

    /// <summary>A file that could not be fetched; the answer says so.</summary>
    public static IncomingFile Lost(string name, string why) => new(name, default, why);
}
