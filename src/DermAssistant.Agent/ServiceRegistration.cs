using DermAssistant.Cases;
using DermAssistant.Diagnosis;
using DermAssistant.Imaging;
using DermAssistant.Ontology;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DermAssistant.Agent;

/// <summary>Registers this room.</summary>
public static class AgentRegistration
{
    /// <summary>
    /// Adds <see cref="IAssistant"/>, <see cref="BundleReplay"/> and, unless one is registered already, an <see cref="IConversationStore"/>.
    /// </summary>
    /// <remarks>
    /// Needs <see cref="OntologyGraph"/>, <see cref="PhotoReader"/>, <see cref="CaseSearch"/> and, for replays, <see cref="PhotoGate"/>. Reader and
    /// search are made when a photo first needs them, so that questions about conditions are answered without a model pack.
    /// </remarks>
    /// <exception cref="AgentSetupException">An option is out of range.</exception>
    public static IServiceCollection AddAgent(this IServiceCollection services, AgentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        services.AddSingleton(provider => new AgentRoom(
            options,
            provider.GetRequiredService<OntologyGraph>(),
            (admitted, cancellationToken) => provider.GetRequiredService<PhotoReader>().Read(admitted, cancellationToken),
            provider.GetRequiredService<CaseSearch>,
            (ILogger?)provider.GetService<ILogger<IAssistant>>() ?? NullLogger.Instance));
        services.TryAddSingleton<IConversationStore>(provider => options.ConversationsDirectory is { } directory
            ? new FileConversationStore(directory)
            : new MemoryConversationStore(options.MaxConversationsInMemory, options.ConversationLifetime, provider.GetService<TimeProvider>()));
        services.AddSingleton<IAssistant>(provider => new Assistant(
            provider.GetRequiredService<AgentRoom>(),
            provider.GetRequiredService<IConversationStore>(),
            options.LanguageModel is { } model ? ChatModel.For(model) : null));
        services.AddSingleton(provider => new BundleReplay(provider.GetRequiredService<AgentRoom>(), provider.GetRequiredService<PhotoGate>()));
        return services;
    }
}
