using DermAssistant.Imaging;
using DermAssistant.Ontology;

namespace DermAssistant.Diagnosis;

/// <summary>Concepts that are read off the measurements by the rules of <c>prompts/measured-concepts.json</c>.</summary>
internal sealed class MeasuredConcepts(PromptLibrary prompts, OntologyGraph ontology)
{
    private readonly (Concept Concept, MeasuredConceptRule Rule)[] _rules =
        [.. prompts.MeasuredConcepts
            .Select(rule => (Concept: Find(ontology, rule.Concept), Rule: rule))
            .Where(pair => pair.Concept is not null)
            .Select(pair => (pair.Concept!, pair.Rule))];

    /// <summary>Scores for every rule whose measurement was taken; none where no lesion was found.</summary>
    public IReadOnlyList<ConceptScore> Score(LesionMeasurements measurements)
    {
        if (!measurements.LesionFound) return [];
        var scores = new List<ConceptScore>();
        foreach (var (concept, rule) in _rules)
            if (ValueOf(rule, measurements) is { } value)
                scores.Add(new ConceptScore(concept.Id, concept.Name, 1 / (1 + Math.Exp((rule.Middle - value) / rule.Width)), ConceptSource.Measured));
        return scores;
    }

    private static double? ValueOf(MeasuredConceptRule rule, LesionMeasurements measurements)
    {
        if (rule.Colours is { Count: > 0 } colours)
            return colours.Sum(colour => measurements.Colours.TryGetValue(colour, out var share) ? share : 0);
        return rule.Measurements?.Max(id => measurements[id]);
    }

    private static Concept? Find(OntologyGraph ontology, string idOrName) =>
        ontology.Concepts.FirstOrDefault(concept => concept.Id == idOrName)
        ?? ontology.Concepts.FirstOrDefault(concept => string.Equals(concept.Name, idOrName, StringComparison.OrdinalIgnoreCase));
}
