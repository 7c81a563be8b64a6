using System.Text.RegularExpressions;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>The turns of phrase the grounding check watches for, from <c>prompts/agent/guard.json</c>.</summary>
/// <remarks>Patterns run without a time limit, so that an answer never depends on how busy the machine is; sentences are short.</remarks>
internal sealed class GuardLanguage
{
    private readonly IReadOnlyList<Regex> _visual;
    private readonly IReadOnlyList<Regex> _reassurance;
    private readonly IReadOnlyList<(Urgency Level, IReadOnlyList<Regex> Patterns)> _urgency;
    private readonly IReadOnlyList<string> _clinical;

    private GuardLanguage(GuardFile file)
    {
        _visual = Compile(file.Visual);
        _reassurance = Compile(file.Reassurance);
        _urgency = [.. file.Urgency.OrderByDescending(pair => pair.Key).Select(pair => (pair.Key, Compile(pair.Value)))];
        _clinical = file.Clinical;
        Neutral = file.Neutral.ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Words that state nothing by themselves.</summary>
    public IReadOnlySet<string> Neutral { get; }

    public static GuardLanguage Load(string promptsDirectory)
    {
        var path = Path.Combine(promptsDirectory, "agent", "guard.json");
        var file = PromptFile.Read<GuardFile>(path);
        foreach (var level in Enum.GetValues<Urgency>())
            if (!file.Urgency.ContainsKey(level))
                throw new AgentSetupException($"{path} has no words for the urgency {level}.", "Restore the file from the release.");
        try
        {
            return new GuardLanguage(file);
        }
        catch (RegexParseException e)
        {
            throw new AgentSetupException($"{path} holds a pattern that cannot be read: {e.Message}", "Correct the pattern or restore the file.", e);
        }
    }

    /// <summary>Whether a sentence speaks of what can be seen.</summary>
    public bool IsVisual(string sentence) => Any(_visual, sentence);

    /// <summary>Whether a sentence reassures, excludes or is certain beyond what evidence can carry.</summary>
    public bool IsReassurance(string sentence) => Any(_reassurance, sentence);

    /// <summary>The highest urgency a sentence speaks of, or null.</summary>
    public Urgency? HighestUrgency(string sentence)
    {
        foreach (var (level, patterns) in _urgency)
            if (Any(patterns, sentence)) return level;
        return null;
    }

    /// <summary>The clinical words in a list of lower-case words.</summary>
    public IEnumerable<string> ClinicalWords(IEnumerable<string> words) =>
        words.Where(word => _clinical.Any(stem => word.StartsWith(stem, StringComparison.Ordinal)));

    private static bool Any(IReadOnlyList<Regex> patterns, string sentence)
    {
        foreach (var pattern in patterns)
            if (pattern.IsMatch(sentence)) return true;
        return false;
    }

    private static IReadOnlyList<Regex> Compile(IReadOnlyList<string> patterns) =>
        [.. patterns.Select(pattern => new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant))];

    private sealed record GuardFile(
        IReadOnlyList<string> Visual,
        IReadOnlyList<string> Reassurance,
        IReadOnlyDictionary<Urgency, IReadOnlyList<string>> Urgency,
        IReadOnlyList<string> Clinical,
        IReadOnlyList<string> Neutral);
}
