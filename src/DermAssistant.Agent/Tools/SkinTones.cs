using System.Text.RegularExpressions;
using DermAssistant.Diagnosis;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>What the user said of the colour of the skin.</summary>
public enum SaidSkinTone
{
    /// <summary>White or light.</summary>
    Light,

    /// <summary>Brown or black.</summary>
    Dark,
}

/// <summary>Understands what is said of the colour of the skin, by the patterns of <c>prompts/agent/skin-tone.json</c>.</summary>
/// <remarks>What is said goes before what a photo measures: without colour calibration a measured tone is approximate.</remarks>
internal sealed partial class SkinTones
{
    // Someone tells it early or not at all; what follows is not read, so that patterns run over little text.
    private const int Readable = 1_000;

    private readonly OntologyGraph _ontology;
    private readonly IReadOnlyList<Regex> _dark;
    private readonly IReadOnlyList<Regex> _light;
    private readonly IReadOnlyList<Regex> _denied;
    private readonly IReadOnlyList<Regex> _asked;
    private readonly IReadOnlyList<Regex> _redness;

    private SkinTones(ToneFile file, OntologyGraph ontology)
    {
        _ontology = ontology;
        (_dark, _light, _denied, _asked, _redness) = (Compile(file.Dark), Compile(file.Light), Compile(file.Denied), Compile(file.Asked), Compile(file.Redness));
    }

    /// <exception cref="AgentSetupException">The file of patterns is missing or malformed.</exception>
    public static SkinTones Load(string promptsDirectory, OntologyGraph ontology)
    {
        var path = Path.Combine(promptsDirectory, "agent", "skin-tone.json");
        try
        {
            return new SkinTones(PromptFile.Read<ToneFile>(path), ontology);
        }
        catch (RegexParseException e)
        {
            throw new AgentSetupException($"{path} holds a pattern that cannot be read: {e.Message}", "Correct the pattern or restore the file.", e);
        }
    }

    /// <summary>The tone a question says the skin has, or null where it says nothing of it.</summary>
    public SaidSkinTone? Said(string question)
    {
        var text = Plain(question);
        if (Any(_denied, text)) return null;
        if (Any(_dark, text)) return SaidSkinTone.Dark;
        return Any(_light, text) ? SaidSkinTone.Light : null;
    }

    /// <summary>Whether a question asks how something shows on brown or black skin, whoever's it is.</summary>
    public bool Asks(string question) => Any(_asked, Plain(question));

    /// <summary>Whether a sentence speaks of redness.</summary>
    public bool SpeaksOfRedness(string sentence) => Any(_redness, sentence.ToLowerInvariant());

    /// <summary>The class of skin tone measured in a photo and its angle, where it is one that redness shows otherwise in; else null.</summary>
    public (Imaging.Measurement Angle, SkinToneClass Class)? Measured(Reading reading)
    {
        foreach (var measurement in reading.Measurements)
        {
            if (measurement.Id != "skinIta") continue;
            var tone = _ontology.SkinTone.ClassOf(measurement.Value);
            return _ontology.SkinTone.Redness.AppliesTo.Contains(tone.Name) ? (measurement, tone) : null;
        }

        return null;
    }

    private static string Plain(string question) =>
        NoWord().Replace(question[..Math.Min(question.Length, Readable)].Replace('’', '\'').ToLowerInvariant(), " ").Trim();

    private static bool Any(IReadOnlyList<Regex> patterns, string text)
    {
        foreach (var pattern in patterns)
            if (pattern.IsMatch(text)) return true;
        return false;
    }

    private static IReadOnlyList<Regex> Compile(IReadOnlyList<string> patterns) => [.. patterns.Select(pattern => new Regex(pattern, RegexOptions.CultureInvariant))];

    [GeneratedRegex(@"[^\p{L}\p{N}']+", RegexOptions.CultureInvariant)]
    private static partial Regex NoWord();

    private sealed record ToneFile(IReadOnlyList<string> Dark, IReadOnlyList<string> Light, IReadOnlyList<string> Denied, IReadOnlyList<string> Asked, IReadOnlyList<string> Redness);
}
