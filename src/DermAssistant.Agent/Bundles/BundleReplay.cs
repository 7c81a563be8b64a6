using System.Text.Json;
using System.Text.Json.Nodes;
using DermAssistant.Imaging;

namespace DermAssistant.Agent;

/// <summary>Something that came out differently.</summary>
/// <param name="What">Where in the bundle, for example <c>readings[0].differential[1].probability</c>.</param>
/// <param name="Recorded">As JSON; "(absent)" where the bundle has none.</param>
/// <param name="Recomputed">As JSON; "(absent)" where the recomputed answer has none.</param>
public sealed record ReplayDifference(string What, string Recorded, string Recomputed);

/// <summary>What a replay found.</summary>
public sealed record ReplayReport(IReadOnlyList<ReplayDifference> Differences, Answer Recomputed)
{
    /// <summary>Whether the bundle's answer came out again in every part.</summary>
    public bool Same => Differences.Count == 0;
}

/// <summary>Recomputes a bundle's answer from its questions and photo files.</summary>
/// <remarks>
/// The narrator answers anew. What a language model asked for and wrote is taken from the bundle (no model says the same twice);
/// readings, evidence and the grounding check are recomputed all the same.
/// </remarks>
public sealed class BundleReplay
{
    private const string Absent = "(absent)";

    // Scores may differ in the last bits between processors.
    private const double Tolerance = 1e-6;

    private readonly AgentRoom _room;
    private readonly PhotoGate _gate;

    internal BundleReplay(AgentRoom room, PhotoGate gate) => (_room, _gate) = (room, gate);

    /// <summary>Replays a bundle.</summary>
    /// <param name="bundleDirectory">The folder that relative photo paths in the bundle start from.</param>
    /// <param name="photoFiles">Photo files to use instead of the bundle's paths; matched by their hash.</param>
    /// <exception cref="BundleException">A photo cannot be found.</exception>
    public async Task<ReplayReport> ReplayAsync(
        EvidenceBundle bundle, string bundleDirectory, IReadOnlyList<string>? photoFiles = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var given = (photoFiles ?? []).Select(_gate.AdmitFile).Where(admitted => admitted.Report.Sha256 is not null).ToLookup(admitted => admitted.Report.Sha256!);
        var recorded = bundle.Versions.Chat == Narrator.Name
            ? null
            : new ChatModel(bundle.Versions.Chat, new RecordedModel(bundle.Calls, bundle.Draft), null);
        var assistant = new Assistant(_room, new MemoryConversationStore(1, TimeSpan.FromDays(1)), recorded);
        Answer? answer = null;
        foreach (var turn in bundle.Turns)
        {
            var photos = turn.Photos.Select(photo => Admit(photo, bundleDirectory, given)).ToList();
            answer = await assistant.AskAsync(new Question("replay", turn.Question, photos), null, cancellationToken);
        }

        var recomputed = answer!.Bundle!;
        var differences = new List<ReplayDifference>();
        Compare("", Comparable(bundle), Comparable(recomputed), differences);
        return new(differences, answer);
    }

    private GateResult Admit(BundlePhoto photo, string directory, ILookup<string, GateResult> given)
    {
        if (photo.Sha256 is { } hash && given[hash].FirstOrDefault() is { } found) return Renamed(found, photo.File);
        if (photo.Path is not { } path)
        {
            // A file that was refused without a hash was not there to begin with.
            if (!photo.Accepted && photo.Sha256 is null) return _gate.AdmitFile(Path.Combine(directory, photo.File));
            throw new BundleException(
                $"The bundle does not say where {photo.File} lies: it came with an earlier question of the conversation.",
                $"Name the file: derm replay BUNDLE --photo {Path.GetFileName(photo.File)}, with where it lies now.");
        }

        var full = Path.IsPathRooted(path) ? path : Path.Combine(directory, path);
        if (photo.Accepted && !File.Exists(full))
            throw new BundleException($"The photo {photo.File} is not at {full}.", "Put it back, or name where it lies now: derm replay BUNDLE --photo FILE.");
        return Renamed(_gate.AdmitFile(full), photo.File);
    }

    // A photo may have been moved or renamed since; its bytes decide.
    private static GateResult Renamed(GateResult admitted, string name) => admitted.Report.File == name
        ? admitted
        : admitted with { Report = admitted.Report with { File = name } };

    // Paths may change between machines; everything else must not.
    private static JsonNode Comparable(EvidenceBundle bundle)
    {
        var pathless = bundle with { Turns = [.. bundle.Turns.Select(turn => turn with { Photos = [.. turn.Photos.Select(photo => photo with { Path = null })] })] };
        return JsonSerializer.SerializeToNode(pathless, AgentJson.Options)!;
    }

    private static void Compare(string where, JsonNode? recorded, JsonNode? recomputed, List<ReplayDifference> differences)
    {
        switch (recorded, recomputed)
        {
            case (JsonObject a, JsonObject b):
                foreach (var name in a.Select(p => p.Key).Union(b.Select(p => p.Key)))
                    Compare(where.Length == 0 ? name : $"{where}.{name}", a[name], b[name], differences);
                break;
            case (JsonArray a, JsonArray b):
                for (var i = 0; i < Math.Max(a.Count, b.Count); i++)
                    Compare($"{where}[{i}]", i < a.Count ? a[i] : null, i < b.Count ? b[i] : null, differences);
                break;
            case (JsonValue a, JsonValue b) when a.TryGetValue<double>(out var x) && b.TryGetValue<double>(out var y):
                if (Math.Abs(x - y) > Tolerance) differences.Add(new(where, Show(recorded), Show(recomputed)));
                break;
            default:
                if (!JsonNode.DeepEquals(recorded, recomputed)) differences.Add(new(where, Show(recorded), Show(recomputed)));
                break;
        }
    }

    private static string Show(JsonNode? node) => node?.ToJsonString(AgentJson.Options) ?? Absent;
}
