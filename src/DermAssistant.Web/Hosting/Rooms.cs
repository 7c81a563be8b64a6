using DermAssistant.Agent;
using DermAssistant.Cases;
using DermAssistant.Channels;
using DermAssistant.DermLip;
using DermAssistant.Diagnosis;
using DermAssistant.Imaging;
using DermAssistant.Ontology;

namespace DermAssistant.Web;

/// <summary>The rooms below the channels, put together for a server.</summary>
internal static class Rooms
{
    /// <summary>Adds the gate, the ontology, the default model pack, its case library and the assistant, and opens them behind <c>/readyz</c>.</summary>
    public static void AddRooms(this WebApplicationBuilder builder)
    {
        var folders = DataFolders.FromEnvironment();
        var packs = new ModelPackFolders(folders.BuiltInPacks, folders.UserPacks);
        var gate = UserSettings.PhotoGate();
        var model = UserSettings.LanguageModel();
        builder.Services
            .AddSingleton(gate)
            .AddImaging(gate)
            .AddOntology(folders.Ontology)
            .AddDermLip(packs)
            .AddSingleton(provider => provider.GetRequiredService<ModelPackStore>().Open())
            .AddDiagnosis(folders.Prompts, new PhotoReaderOptions { CacheDirectory = folders.Cache })
            .AddCases(new CaseLibraryOptions(new CaseLibraryFolders(folders).Of(new ModelPackStore(packs).DefaultId())))
            .AddAgent(new AgentOptions { PromptsDirectory = folders.Prompts, LanguageModel = model })
            .AddReadiness(model?.Model);
    }
}
