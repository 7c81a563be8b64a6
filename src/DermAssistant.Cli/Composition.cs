using System.Runtime.CompilerServices;
using DermAssistant.Agent;
using DermAssistant.Cases;
using DermAssistant.Diagnosis;
using DermAssistant.DermLip;
using DermAssistant.Evaluation;
using DermAssistant.Imaging;
using DermAssistant.Ontology;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DermAssistant.Cli;

/// <summary>The rooms, put together step by step: a command that looks up a name opens no model pack, and one that reads a photo loads no chat kernel.</summary>
/// <remarks>One run of the program uses one model pack.</remarks>
internal sealed class Composition(DataFolders folders, Terminal terminal) : IAsyncDisposable
{
    private ServiceProvider? _knowing;
    private ServiceProvider? _reading;
    private ServiceProvider? _answering;

    public OntologyGraph Ontology => Knowing.GetRequiredService<OntologyGraph>();

    public string OntologyFolder => folders.Ontology;

    public string PromptsFolder => folders.Prompts;

    public PhotoGate Gate => Knowing.GetRequiredService<PhotoGate>();

    public ModelPackStore Packs => Knowing.GetRequiredService<ModelPackStore>();

    public CaseLibraryFolders CaseLibraries { get; } = new(folders);

    /// <summary>The pack with this id, or the default pack.</summary>
    public ModelPack Pack(string? id) => Reading(id).GetRequiredService<ModelPack>();

    /// <summary>Opens the pack that was asked for by name, so that a wrong name is found before a question without photos is answered.</summary>
    /// <exception cref="ModelPackException">There is no such pack, or it cannot be used.</exception>
    public void Require(string? pack)
    {
        if (pack is not null) Pack(pack);
    }

    public PhotoReader Reader(string? pack) => Reading(pack).GetRequiredService<PhotoReader>();

    public CaseSearch CaseSearch(string? pack) => Reading(pack).GetRequiredService<CaseSearch>();

    public CaseImporter CaseImporter(string? pack) => Reading(pack).GetRequiredService<CaseImporter>();

    public ClassificationBenchmark ClassificationBenchmark(string? pack) => Reading(pack).GetRequiredService<ClassificationBenchmark>();

    public ConceptBenchmark ConceptBenchmark(string? pack) => Reading(pack).GetRequiredService<ConceptBenchmark>();

    /// <summary>How packs are read: embeddings of prompts are kept, and who waits for them is told.</summary>
    public PhotoReaderOptions ReaderOptions { get; } = new()
    {
        CacheDirectory = folders.Cache,
        Progress = new ProgressLine<PromptProgress>(terminal, at => (at.Done, at.Total, at.Remaining), "Embedding the prompts of this pack, once"),
    };

    /// <summary>A pack the user added, which figures may be written into.</summary>
    /// <exception cref="CommandException">It ships with the product, which nothing is ever written to.</exception>
    public void RequireAdded(string? pack)
    {
        var id = pack ?? Packs.DefaultId();
        if (Packs.List().Any(listing => listing.BuiltIn && listing.Manifest.Id == id))
            throw CommandException.WrongUsage($"The pack {id} ships with the product and is never written to.", "Name a pack of your own, added with 'derm models add' or trained.");
    }

    public IAssistant Assistant(string? pack) => Answering(pack).GetRequiredService<IAssistant>();

    public BundleReplay Replay(string? pack) => Answering(pack).GetRequiredService<BundleReplay>();

    public async ValueTask DisposeAsync()
    {
        foreach (var rooms in (ServiceProvider?[])[_answering, _reading, _knowing])
            if (rooms is not null) await rooms.DisposeAsync();
    }

    private ServiceProvider Knowing => _knowing ??= new ServiceCollection()
        .AddLogging(log => log.SetMinimumLevel(LogLevel.Debug).AddProvider(new StandardErrorLog(terminal)))
        .AddImaging(UserSettings.PhotoGate())
        .AddOntology(folders.Ontology)
        .AddDermLip(new ModelPackFolders(folders.BuiltInPacks, folders.UserPacks))
        .BuildServiceProvider();

    private ServiceProvider Reading(string? pack) => _reading ??= WithPack(pack).BuildServiceProvider();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ServiceProvider Answering(string? pack) => _answering ??= WithPack(pack)
        .AddSingleton<IConversationStore>(new ForgivingConversationStore(folders.Conversations, terminal))
        .AddAgent(new AgentOptions
        {
            PromptsDirectory = folders.Prompts,
            LanguageModel = UserSettings.LanguageModel(),
        })
        .BuildServiceProvider();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private IServiceCollection WithPack(string? pack) => new ServiceCollection()
        .AddSingleton(Knowing.GetRequiredService<ILoggerFactory>())
        .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
        .AddSingleton(_ => Gate)
        .AddSingleton(_ => Ontology)
        .AddSingleton(_ => Packs.Open(pack))
        .AddDiagnosis(folders.Prompts, ReaderOptions)
        .AddCases(new CaseLibraryOptions(CaseLibraries.Of(pack ?? Packs.DefaultId())))
        .AddEvaluation();
}
