using DermAssistant.DermLip;
using DermAssistant.Ontology;
using Microsoft.Extensions.DependencyInjection;

namespace DermAssistant.Diagnosis;

/// <summary>Registers this room.</summary>
public static class DiagnosisRegistration
{
    /// <summary>Adds <see cref="PromptLibrary"/> and <see cref="PhotoReader"/> as singletons; expects a <see cref="ModelPack"/> and an <see cref="OntologyGraph"/>.</summary>
    /// <param name="promptsDirectory">The folder <c>prompts/</c>.</param>
    public static IServiceCollection AddDiagnosis(this IServiceCollection services, string promptsDirectory, PhotoReaderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(promptsDirectory);
        services.AddSingleton(_ => PromptLibrary.Load(promptsDirectory));
        services.AddSingleton(provider => new PhotoReader(
            provider.GetRequiredService<ModelPack>(),
            provider.GetRequiredService<OntologyGraph>(),
            provider.GetRequiredService<PromptLibrary>(),
            options));
        return services;
    }
}
