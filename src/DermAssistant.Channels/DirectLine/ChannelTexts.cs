namespace DermAssistant.Channels.DirectLine;

/// <summary>What the chat says of itself, besides answers.</summary>
internal static class ChannelTexts
{
    public const string Busy = "There are more questions here than can be answered just now, so yours was not taken in. Please send it again in a minute.";

    public const string Stopped = "The server was stopped before the answer was ready. Please send your message again.";

    public const string NoConsent = "Photos are looked at once you have agreed to how they are handled. Agree, then send it again.";

    public const string NotSent = "It was named but not sent along. Send the file itself.";

    public const string TooMany = "Fewer photos are looked at in one message. Send it with the next one.";

    public const string NotUnderstood = "That was neither a question nor a photo. Ask in words, or send a photo.";

    public static string TooLarge(string name, long size, long limit) =>
        FormattableString.Invariant($"\"{name}\" has {size / 1e6:0.#} MB, more than the {limit / 1e6:0.#} MB allowed. Save it as a JPEG of medium quality, or crop it to the lesion and some skin around it.");
}
