using DermAssistant.Diagnosis;
using DermAssistant.DermLip;
using DermAssistant.Imaging;
using DermAssistant.Ontology;
using Microsoft.Extensions.DependencyInjection;

namespace DermAssistant.Evaluation;

/// <summary>Registers this room.</summary>
public static class EvaluationRegistration
{
    /// <summary>
    /// Adds <see cref="ClassificationBenchmark"/> and <see cref="ConceptBenchmark"/>; expects a <see cref="ModelPack"/>, a <see cref="PhotoReader"/>,
    /// a <see cref="PhotoGate"/> and an <see cref="OntologyGraph"/>.
    /// </summary>
    public static IServiceCollection AddEvaluation(this IServiceCollection services) => services
        .AddSingleton(provider => new ClassificationBenchmark(
            provider.GetRequiredService<PhotoReader>(), provider.GetRequiredService<PhotoGate>(), provider.GetRequiredService<OntologyGraph>()))
        .AddSingleton(provider => new ConceptBenchmark(
            provider.GetRequiredService<ModelPack>(), provider.GetRequiredService<PhotoReader>(), provider.GetRequiredService<PhotoGate>(), provider.GetRequiredService<OntologyGraph>()));
}
