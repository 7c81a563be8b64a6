using Microsoft.Extensions.DependencyInjection;

namespace DermAssistant.Ontology;

/// <summary>Registers the ontology.</summary>
public static class OntologyRegistration
{
    /// <summary>Adds the <see cref="OntologyGraph"/> of a folder, loaded at first use.</summary>
    /// <param name="directory">The folder that holds <c>ontology.json</c>.</param>
    public static IServiceCollection AddOntology(this IServiceCollection services, string directory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        return services.AddSingleton(_ => OntologyGraph.Load(directory));
    }
}
