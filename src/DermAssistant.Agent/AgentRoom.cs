using System.Security.Cryptography;
using System.Text;
using DermAssistant.Cases;
using DermAssistant.Diagnosis;
using DermAssistant.Imaging;
using DermAssistant.Ontology;
using Microsoft.Extensions.Logging;

namespace DermAssistant.Agent;

/// <summary>Makes the reading of a photo the gate let through.</summary>
internal delegate Reading ReadPhoto(GateResult admitted, CancellationToken cancellationToken);

/// <summary>What all conversations share: data, wording, rules and the rooms below.</summary>
internal sealed class AgentRoom
{
    public AgentRoom(AgentOptions options, OntologyGraph ontology, ReadPhoto read, Func<CaseSearch> cases, ILogger logger)
    {
        options.Validate();
        (Options, Ontology, Read, Cases, Triage, Logger) = (options, ontology, read, cases, new Triage(ontology), logger);
        Phrases = Phrasebook.Load(options.PromptsDirectory);
        Language = GuardLanguage.Load(options.PromptsDirectory);
        Grounding = new GroundingCheck(ontology, Language, Phrases);
        Questions = QuestionReader.Load(options.PromptsDirectory, ontology);
        English = EnglishOnly.Load(options.PromptsDirectory, ontology, Phrases.Vocabulary.Concat(Language.Neutral).Concat(Questions.Vocabulary));
        Narrator = new ChatModel(DermAssistant.Agent.Narrator.Name, new Narrator(Questions, new NarratorVoice(Phrases)), null);
        Turn = new ChatTurn(PromptFile.ReadText(Path.Combine(options.PromptsDirectory, "agent", "system.md")), Phrases, options.MaxToolRounds);
        SkinTones = SkinTones.Load(options.PromptsDirectory, ontology);
        PromptsHash = HashOf(options.PromptsDirectory);
    }

    public AgentOptions Options { get; }

    public OntologyGraph Ontology { get; }

    public ReadPhoto Read { get; }

    /// <summary>Opens the case library when it is first needed; throws <see cref="CaseStoreException"/> when it cannot.</summary>
    public Func<CaseSearch> Cases { get; }

    public Triage Triage { get; }

    public ILogger Logger { get; }

    public Phrasebook Phrases { get; }

    public GuardLanguage Language { get; }

    public GroundingCheck Grounding { get; }

    public QuestionReader Questions { get; }

    public EnglishOnly English { get; }

    public ChatModel Narrator { get; }

    public ChatTurn Turn { get; }

    public SkinTones SkinTones { get; }

    /// <summary>SHA-256 over the names and bytes of all files under <c>prompts/</c>.</summary>
    public string PromptsHash { get; }

    private static string HashOf(string directory)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(directory, path).Replace('\\', '/')).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(path + "\n"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(Path.Combine(directory, path))));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
