namespace DermAssistant.Channels.Teams;

/// <summary>What the bot says of itself in Teams.</summary>
internal static class TeamsWords
{
    public const string Greeting =
        "Hello. I answer questions about skin photos and skin conditions, with the evidence for every sentence. "
        + "Paste or attach a photo and ask what it could be, why, what can be seen, or how soon it should be looked at. "
        + "I am decision support for professionals and for research, not a medical device, and no replacement for an examination. "
        + "Send no names or other personal data. Write \"delete my data\" to erase what you sent.";

    public const string GroupGreeting =
        "Hello. Mention me with a photo pasted into the message and a question about it. "
        + "Everybody in this conversation sees photos and answers. I am decision support for professionals and for research, not a medical device.";

    public const string Erased = "What was said and sent in this chat is erased here. Teams keeps its own copy of the messages; delete them there too if you wish.";

    public const string NotErased = "It could not be erased just now. Please try again.";

    public const string StartedOver = "We start over: what was said and sent before is forgotten here.";

    public const string Empty = "I got neither words nor a photo. Paste or attach a photo, or ask a question.";

    public const string Busy = "There is too much to do here just now, so your message was not taken in. Please send it again in a minute.";

    public const string Fetching = "Fetching your photo…";

    /// <summary>Whether the words are a command, and which.</summary>
    public static TeamsCommand Command(string text) => text.Trim().TrimEnd('.', '!').ToUpperInvariant() switch
    {
        "DELETE MY DATA" => TeamsCommand.Erase,
        "NEW CHAT" or "START OVER" => TeamsCommand.StartOver,
        "HELP" => TeamsCommand.Help,
        _ => TeamsCommand.None,
    };
}

/// <summary>What can be asked of the bot besides questions.</summary>
internal enum TeamsCommand
{
    None,
    Help,
    StartOver,
    Erase,
}
