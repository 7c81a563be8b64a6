using System.Text.Json.Serialization;
using DermAssistant.Imaging;

namespace DermAssistant.Diagnosis;

/// <summary>How a measurement speaks for a concept: the score is 1 / (1 + exp(-(value - Middle) / Width)).</summary>
/// <param name="Concept">Id or name of the concept in the ontology.</param>
/// <param name="Measurements">Ids of measurements, the largest counts; or empty for a colour.</param>
/// <param name="Colours">The colours whose shares of the lesion are added up, where the rule is about colour.</param>
/// <param name="Middle">The value with score one half.</param>
/// <param name="Width">How fast the score rises; negative where small values speak for the concept.</param>
/// <param name="Source">Where the threshold comes from.</param>
public sealed record MeasuredConceptRule(
    [property: JsonRequired] string Concept,
    IReadOnlyList<string>? Measurements,
    [property: JsonConverter(typeof(DermoscopicColoursConverter))] IReadOnlyList<DermoscopicColour>? Colours,
    [property: JsonRequired] double Middle,
    [property: JsonRequired] double Width,
    [property: JsonRequired] string Source);
