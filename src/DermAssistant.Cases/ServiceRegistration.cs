using DermAssistant.DermLip;
using DermAssistant.Imaging;
using DermAssistant.Ontology;
using Microsoft.Extensions.DependencyInjection;

namespace DermAssistant.Cases;

/// <summary>Where the case library lies.</summary>
/// <param name="Directory">The folder with <c>library.json</c>.</param>
public sealed record CaseLibraryOptions(string Directory);

/// <summary>Registers the case library.</summary>
public static class CasesRegistration
{
    /// <summary>
    /// Adds <see cref="ICaseLibrary"/> (the embedded one), <see cref="CaseSearch"/> and <see cref="CaseImporter"/>. The library is opened when it is first
    /// asked for; that throws <see cref="CaseStoreException"/> where it is missing, damaged or another pack's. Register another
    /// <see cref="ICaseLibrary"/> before this call to use that instead.
    /// </summary>
    /// <remarks>Needs <see cref="ModelPack"/>, <see cref="OntologyGraph"/> and <see cref="PhotoGate"/> to be registered.</remarks>
    public static IServiceCollection AddCases(this IServiceCollection services, CaseLibraryOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Directory);
        if (!services.Any(service => service.ServiceType == typeof(ICaseLibrary)))
            services.AddSingleton<ICaseLibrary>(provider => EmbeddedCaseLibrary.Open(options.Directory, provider.GetRequiredService<ModelPack>().Manifest));
        services.AddSingleton(provider => new CaseSearch(
            provider.GetRequiredService<ICaseLibrary>(), provider.GetRequiredService<ModelPack>(), provider.GetRequiredService<OntologyGraph>()));
        services.AddSingleton(provider => new CaseImporter(
            provider.GetRequiredService<ModelPack>(), provider.GetRequiredService<OntologyGraph>(), provider.GetRequiredService<PhotoGate>()));
        return services;
    }
}
