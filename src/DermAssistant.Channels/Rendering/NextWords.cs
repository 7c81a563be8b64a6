using DermAssistant.Agent;

namespace DermAssistant.Channels.Rendering;

/// <summary>What a person may say next, offered as buttons: replies to what the assistant asks, then questions.</summary>
internal static class NextWords
{
    private static readonly string[] Replies = ["Yes", "No"];

    public static IReadOnlyList<string> Of(Answer answer) => answer.Asks is null ? answer.Suggestions : [.. Replies, .. answer.Suggestions];
}
