using DermAssistant.Agent;
using DermAssistant.Cases;
using DermAssistant.DermLip;
using DermAssistant.Diagnosis;
using DermAssistant.Hosts;
using DermAssistant.Imaging;
using DermAssistant.Ontology;

namespace DermAssistant.Web;

/// <summary>The rooms below the channels, put together for a server.</summary>
internal static class Rooms
{
    /// <summary>Adds the gate, the ontology, the default model pack, its case library and the assistant, and opens them behind <c>/readyz</c>.</summary>
    public static WebApplicationBuilder AddRooms(this WebApplicationBuilder builder)
    {
        var folders = DataFolders.FromEnvironment();
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(folders)
            .AddImaging(new PhotoGateOptions { AllowExtendedFormats = Environment.GetEnvironmentVariable("DERM_EXTENDED_FORMATS") == "1" })
            .AddOntology(folders.Ontology)
            .AddDermLip(new ModelPackFolders(folders.BuiltInPacks, folders.UserPacks))
            .AddSingleton(provider => provider.GetRequiredService<ModelPackStore>().Open())
            .AddDiagnosis(folders.Prompts, new PhotoReaderOptions { CacheDirectory = folders.Cache })
            .AddCases(new CaseLibraryOptions(new CaseLibraryFolders(folders).Of(DefaultPack(folders))))
            .AddAgent(new AgentOptions { PromptsDirectory = folders.Prompts })
            .AddSingleton<Readiness>()
            .AddHostedService(provider => provider.GetRequiredService<Readiness>());
        return builder;
    }

    private static string DefaultPack(DataFolders folders) => new ModelPackStore(new ModelPackFolders(folders.BuiltInPacks, folders.UserPacks)).DefaultId();
}
