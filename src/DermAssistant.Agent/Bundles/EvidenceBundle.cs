using DermAssistant.Cases;
using DermAssistant.Diagnosis;

namespace DermAssistant.Agent;

/// <summary>A file that came with a turn, as a bundle keeps it: never its pixels.</summary>
/// <param name="File">The name it was uploaded under.</param>
/// <param name="Path">Where it lies, relative to the bundle or absolute; null where the host did not say.</param>
public sealed record BundlePhoto(string File, string? Sha256, bool Accepted, string? Path = null);

/// <summary>One question of the conversation with its files.</summary>
public sealed record BundleTurn(string Question, IReadOnlyList<BundlePhoto> Photos);

/// <summary>The versions an answer depends on.</summary>
/// <param name="ModelPack">Id of the pack that read the photos, or null without photos.</param>
/// <param name="Prompts">SHA-256 over the files under <c>prompts/</c>.</param>
/// <param name="Ontology">The ontology's version with the hash of its files.</param>
/// <param name="CaseLibrary">What identifies the case library's content, or null where it was not searched.</param>
/// <param name="Chat"><c>narrator</c> or the language model's name.</param>
public sealed record BundleVersions(string? ModelPack, string? ModelPackVersion, string Prompts, string Ontology, string? CaseLibrary, string Chat);

/// <summary>The scores read in one photo.</summary>
public sealed record BundleReading(
    int Photo,
    string Sha256,
    Modality Modality,
    IReadOnlyList<DifferentialEntry> Differential,
    PredictionSet? PredictionSet,
    Verdict Verdict,
    double? MalignancyProbability,
    IReadOnlyList<ConceptScore> Concepts,
    IReadOnlyList<Imaging.Measurement> Measurements,
    TriageAssessment Triage,
    string? OutsideKnowledge)
{
    internal static BundleReading Of(ConversationPhoto photo)
    {
        var reading = photo.Reading;
        return new(
            photo.Number, photo.Sha256, reading.Photo.Modality, reading.Differential, reading.PredictionSet, reading.Verdict, reading.MalignancyProbability,
            reading.Concepts, reading.Measurements, reading.Triage, reading.OutsideKnowledge);
    }
}

/// <summary>Everything an answer can be recomputed and checked from: what was asked, with what, what was found and what was said.</summary>
/// <remarks>Holds no pixels and no time of day. Versioned: a reader refuses a newer layout.</remarks>
/// <param name="Layout">The layout's version, <see cref="CurrentLayout"/>.</param>
/// <param name="Turns">The conversation up to and including the question that was answered, which is the last.</param>
/// <param name="Calls">The tools the chat model had run, in order.</param>
/// <param name="Draft">What the chat model wrote, before the grounding check.</param>
public sealed record EvidenceBundle(
    int Layout,
    BundleVersions Versions,
    IReadOnlyList<BundleTurn> Turns,
    IReadOnlyList<BundleReading> Readings,
    IReadOnlyList<ToolCall> Calls,
    string Draft,
    IReadOnlyList<Evidence> Evidence,
    IReadOnlyList<Claim> Claims,
    IReadOnlyList<RemovedClaim> Removed,
    string Text)
{
    /// <summary>The layout this version writes.</summary>
    public const int CurrentLayout = 1;

    /// <summary>The same bundle with where its photos lie, by SHA-256, so that it can be replayed without naming them.</summary>
    public EvidenceBundle WithPaths(IReadOnlyDictionary<string, string> pathsBySha256) => this with
    {
        Turns = [.. Turns.Select(turn => turn with
        {
            Photos = [.. turn.Photos.Select(photo => photo.Sha256 is { } hash && pathsBySha256.TryGetValue(hash, out var path) ? photo with { Path = path } : photo)],
        })],
    };

    internal static EvidenceBundle Of(AgentRoom room, Answer answer, Conversation conversation, IReadOnlyList<ConversationPhoto> spoken, TurnDraft draft)
    {
        var model = spoken.Count > 0 ? spoken[0].Reading.Model : null;
        var versions = new BundleVersions(
            model?.Id, model?.Version, room.PromptsHash, room.Ontology.Version,
            answer.Evidence.Any(e => e.Kind is EvidenceKind.Case) ? LibraryOf(room.Cases().Library) : null,
            answer.Models.Chat);
        return new(
            CurrentLayout,
            versions,
            [.. conversation.Turns.Select(turn => new BundleTurn(turn.Question, [.. turn.Photos.Select(p => new BundlePhoto(p.File, p.Sha256, p.Accepted))]))],
            [.. spoken.Select(BundleReading.Of)],
            draft.Calls,
            draft.Text,
            answer.Evidence,
            answer.Claims,
            answer.Removed,
            answer.Text);
    }

    private static string LibraryOf(ICaseLibrary library) => library is EmbeddedCaseLibrary embedded
        ? $"{library.PackId}:{embedded.Manifest.Cases.Sha256[..16]}:{embedded.Manifest.Embeddings.Sha256[..16]}"
        : library.PackId;
}
