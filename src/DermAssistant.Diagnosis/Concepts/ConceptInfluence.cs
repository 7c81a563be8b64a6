using DermAssistant.Ontology;

namespace DermAssistant.Diagnosis;

/// <summary>What one concept says of one condition.</summary>
/// <param name="Weight">How the ontology links the two.</param>
/// <param name="Score">How strongly the concept is present, 0..1.</param>
/// <param name="Influence">
/// Weight times (2 score - 1), -1..1: a concept that belongs to the condition and is present, or speaks against it and is absent, counts for it.
/// </param>
/// <param name="Ranking">The first conditions after the concept's direction was taken out of the embedding; null where the encoder has no such direction.</param>
public sealed record ConceptEffect(
    string ConceptId, string Name, ConceptWeight Weight, double Score, double Influence, IReadOnlyList<MovedCondition>? Ranking);

/// <summary>A condition's rank (from 1) and probability before and after a change of the embedding.</summary>
public sealed record MovedCondition(string Id, string Name, int RankBefore, int RankAfter, double ProbabilityBefore, double ProbabilityAfter);

/// <summary>The concepts for and against one condition, the strongest first.</summary>
public sealed record ConditionInfluence(string Id, string Name, IReadOnlyList<ConceptEffect> For, IReadOnlyList<ConceptEffect> Against);

/// <summary>Says what the concepts of a reading mean for its first conditions, and what the differential would be without each.</summary>
/// <remarks>
/// A concept's direction is the difference between the text embeddings of its prompts and of their references. Taking it out projects the image
/// embedding on the plane at right angles to it and normalises again: what the model would say if the photo were silent about the concept.
/// </remarks>
public sealed class ConceptInfluence
{
    private const int ExplainedConditions = 3;
    private readonly Dictionary<string, Label> _labels;
    private readonly Dictionary<string, Concept> _ontologyConcepts;
    private readonly LabelScorer _scorer;
    private readonly ConceptDetector _detector;
    private readonly ProbabilitiesOf _probabilities;

    internal ConceptInfluence(OntologyGraph ontology, LabelScorer scorer, ConceptDetector detector, ProbabilitiesOf probabilities)
    {
        _labels = scorer.Labels.Labels.ToDictionary(label => label.Node.Id, StringComparer.Ordinal);
        _ontologyConcepts = ontology.Concepts.ToDictionary(concept => concept.Id, StringComparer.Ordinal);
        (_scorer, _detector, _probabilities) = (scorer, detector, probabilities);
    }

    internal delegate double[] ProbabilitiesOf(ReadOnlySpan<float> embedding);

    /// <summary>The concepts for and against each of the first three conditions; empty where the reading has no differential.</summary>
    public IReadOnlyList<ConditionInfluence> Explain(Reading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var scores = reading.Concepts.ToDictionary(concept => concept.Id, StringComparer.Ordinal);
        return [.. reading.Differential.Take(ExplainedConditions).Select(entry => Explain(entry, scores, reading.Embedding))];
    }

    /// <summary>The first three conditions, and those that would take their places, when a concept's direction is taken out of an embedding.</summary>
    /// <returns>Ordered by the rank before; null where the encoder has no direction for the concept.</returns>
    public IReadOnlyList<MovedCondition>? RankingWithout(string conceptId, ReadOnlySpan<float> embedding)
    {
        if (_detector.Direction(conceptId) is not { } direction) return null;
        double[] before = _probabilities(embedding), after = _probabilities(Without(direction, embedding));
        int[] ranksBefore = Ranks(before), ranksAfter = Ranks(after);
        var labels = _scorer.Labels.Labels;
        return [.. Conformal.Order(before)
            .Where(i => ranksBefore[i] <= ExplainedConditions || ranksAfter[i] <= ExplainedConditions)
            .Select(i => new MovedCondition(labels[i].Node.Id, labels[i].Name, ranksBefore[i], ranksAfter[i], before[i], after[i]))];
    }

    private ConditionInfluence Explain(DifferentialEntry entry, Dictionary<string, ConceptScore> scores, ReadOnlyMemory<float> embedding)
    {
        // What the ontology lists for the class itself, as "show", "compare" and the assistant tell it. A class's entry says already what holds for all
        // it stands for; a feature common in one rare kind of nevus is not common in nevi.
        var effects = _labels[entry.Id].Node.Concepts
            .Where(link => scores.ContainsKey(link.ConceptId) && _ontologyConcepts.ContainsKey(link.ConceptId))
            .Select(link => new ConceptEffect(
                link.ConceptId,
                _ontologyConcepts[link.ConceptId].Name,
                link.Weight,
                scores[link.ConceptId].Score,
                Strength(link.Weight) * ((2 * scores[link.ConceptId].Score) - 1),
                RankingWithout(link.ConceptId, embedding.Span)))
            .OrderByDescending(effect => Math.Abs(effect.Influence)).ThenBy(effect => effect.ConceptId, StringComparer.Ordinal)
            .ToList();
        return new ConditionInfluence(
            entry.Id, entry.Name, [.. effects.Where(effect => effect.Influence > 0)], [.. effects.Where(effect => effect.Influence < 0)]);
    }

    private static double Strength(ConceptWeight weight) => weight switch
    {
        ConceptWeight.Cardinal => 1,
        ConceptWeight.Common => 0.6,
        ConceptWeight.Possible => 0.3,
        _ => -0.6,
    };

    private static float[] Without(double[] direction, ReadOnlySpan<float> embedding)
    {
        var along = Vectors.Dot(direction, embedding);
        var rest = new double[direction.Length];
        for (var i = 0; i < rest.Length; i++) rest[i] = embedding[i] - (along * direction[i]);
        return Array.ConvertAll(Vectors.Normalize(rest), value => (float)value);
    }

    private static int[] Ranks(double[] probabilities)
    {
        var order = Conformal.Order(probabilities);
        var ranks = new int[order.Length];
        for (var rank = 0; rank < order.Length; rank++) ranks[order[rank]] = rank + 1;
        return ranks;
    }
}
