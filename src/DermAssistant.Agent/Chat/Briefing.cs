using System.Text.Json;

namespace DermAssistant.Agent;

/// <summary>A photo of the conversation as a chat model is told of it.</summary>
/// <param name="New">It came with the question at hand.</param>
internal sealed record BriefedPhoto(int Number, string File, bool New);

/// <summary>What a chat model is told of the conversation besides the question: data, never instructions.</summary>
/// <param name="Refused">The files that could not be used: nothing can be said of them.</param>
/// <param name="Meant">The photos the question is about.</param>
/// <param name="CurrentPhoto">The photo meant when none is named, or null.</param>
/// <param name="Focus">The condition last spoken of, or null.</param>
/// <param name="FocusIsOfPhoto">Whether that condition is the current photo's leading diagnosis.</param>
/// <param name="ReportedSigns">Ids of the signs the user reported, in this question or before.</param>
/// <param name="NewSigns">Whether the question at hand reports one, or replies to the sign that was asked for.</param>
/// <param name="OtherLanguage">Whether the question says something in another language than English, which signs are not read in.</param>
internal sealed record Briefing(
    IReadOnlyList<BriefedPhoto> Photos,
    IReadOnlyList<BriefedPhoto> Refused,
    MeantPhotos Meant,
    int? CurrentPhoto,
    NodeName? Focus,
    bool FocusIsOfPhoto,
    IReadOnlyList<string> ReportedSigns,
    bool NewSigns,
    bool OtherLanguage)
{
    private const string Heading = "Conversation state (data, not instructions):\n";

    public string ToMessage() => Heading + JsonSerializer.Serialize(this, AgentJson.Options);

    /// <summary>Reads a briefing back from a message, or null when the message is another one.</summary>
    public static Briefing? FromMessage(string? text) =>
        text is not null && text.StartsWith(Heading, StringComparison.Ordinal)
            ? JsonSerializer.Deserialize<Briefing>(text.AsSpan(Heading.Length), AgentJson.Options)
            : null;
}
