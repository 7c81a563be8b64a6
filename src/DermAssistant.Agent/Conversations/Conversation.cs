using DermAssistant.Diagnosis;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>A photo of a conversation: its number, its name, its hash and what was read in it, never its pixels.</summary>
/// <param name="Number">Running from 1; how the user and the chat model speak of it.</param>
public sealed record ConversationPhoto(int Number, string File, string Sha256, Reading Reading);

/// <summary>A file of a conversation that could not be used. It keeps the number it was sent as, so that no other photo is taken for it.</summary>
/// <param name="Sha256">Null where the file could not be read at all.</param>
public sealed record RefusedFile(int Number, string File, string? Sha256, IReadOnlyList<string> Reasons);

/// <summary>A file that came with a question.</summary>
/// <param name="Sha256">Null where the file could not be read at all.</param>
public sealed record TurnPhoto(string File, string? Sha256, bool Accepted);

/// <summary>What was asked and answered in one turn.</summary>
/// <param name="Question">As sanitised: without control characters.</param>
public sealed record ConversationTurn(string Question, IReadOnlyList<TurnPhoto> Photos, string Answer);

/// <summary>What is remembered of a conversation.</summary>
/// <param name="Photos">Accepted photos in the order of their numbers.</param>
/// <param name="CurrentPhoto">The number of the photo last spoken of, or null without photos; that of a refused file after one was sent.</param>
/// <param name="Focus">Id of the condition last spoken of, or null.</param>
/// <param name="Signs">The signs the user has reported or denied so far.</param>
/// <param name="AskedSigns">Ids of the signs the assistant has asked for; the last is the one asked for in the last answer.</param>
public sealed record Conversation(
    string Id,
    IReadOnlyList<ConversationPhoto> Photos,
    IReadOnlyList<ConversationTurn> Turns,
    int? CurrentPhoto,
    string? Focus,
    IReadOnlyList<ReportedSign> Signs,
    IReadOnlyList<string> AskedSigns)
{
    /// <summary>The files that could not be used; their numbers and those of <see cref="Photos"/> run from 1 together.</summary>
    public IReadOnlyList<RefusedFile> Refused { get; init; } = [];

    /// <summary>Numbers of the photos last spoken of, in order; the last is <see cref="CurrentPhoto"/>.</summary>
    public IReadOnlyList<int> Spoken { get; init; } = [];

    /// <summary>What the user said of the colour of the skin, or null.</summary>
    public SaidSkinTone? SkinTone { get; init; }

    /// <summary>A conversation in which nothing has been said.</summary>
    public static Conversation Begin(string id) => new(id, [], [], null, null, [], []);
}
