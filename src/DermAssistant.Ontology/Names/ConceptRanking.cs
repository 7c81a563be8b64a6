namespace DermAssistant.Ontology.Names;

/// <summary>Ranks conditions by the concepts that were observed.</summary>
internal sealed class ConceptRanking
{
    private const double WeightOfUnknown = 2;

    private readonly Dictionary<string, List<OntologyNode>> _conditionsOf = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string> _countsAs = new(StringComparer.Ordinal);

    public ConceptRanking(IEnumerable<OntologyNode> conditions, IEnumerable<Concept> vocabulary)
    {
        foreach (var concept in vocabulary)
            if (concept.CountsAs is { } other) _countsAs.TryAdd(concept.Id, other);
        foreach (var condition in conditions)
            foreach (var link in condition.Concepts)
            {
                if (!_conditionsOf.TryGetValue(link.ConceptId, out var list)) _conditionsOf.Add(link.ConceptId, list = []);
                list.Add(condition);
            }
    }

    /// <summary>Scores every condition one of the concepts speaks of, and describes the best.</summary>
    public IReadOnlyList<RankedCondition> Rank(IReadOnlyCollection<string> observed, int top)
    {
        var concepts = observed.Select(id => _countsAs.GetValueOrDefault(id, id)).ToHashSet(StringComparer.Ordinal);
        var scored = new Dictionary<OntologyNode, double>();
        foreach (var concept in concepts)
            foreach (var condition in _conditionsOf.GetValueOrDefault(concept) ?? [])
                if (!scored.ContainsKey(condition)) scored.Add(condition, Score(condition, concepts));
        var ranked = scored.ToList();
        ranked.Sort((one, other) => one.Value == other.Value ? string.CompareOrdinal(one.Key.Id, other.Key.Id) : other.Value.CompareTo(one.Value));
        return [.. ranked.Take(Math.Max(0, top)).Select(pair => Describe(pair.Key, pair.Value, concepts))];
    }

    /// <summary>
    /// The weighted overlap of observed and expected: weight matched, less weight against, over the weight of all the condition's
    /// concepts and of what was observed and is none of them (a weighted Jaccard index).
    /// </summary>
    private static double Score(OntologyNode condition, HashSet<string> observed)
    {
        double matched = 0, opposed = 0, expected = 0;
        var known = 0;
        foreach (var link in condition.Concepts)
        {
            var weight = WeightOf(link.Weight);
            var seen = observed.Contains(link.ConceptId);
            if (seen) known++;
            if (link.Weight != ConceptWeight.Against)
            {
                expected += weight;
                if (seen) matched += weight;
            }
            else if (seen)
            {
                opposed += weight;
            }
        }
        var unknown = (observed.Count - known) * WeightOfUnknown;
        return Math.Max(-1, (matched - opposed) / (expected + unknown + opposed));
    }

    private static RankedCondition Describe(OntologyNode condition, double score, HashSet<string> observed)
    {
        var seen = condition.Concepts.Where(link => observed.Contains(link.ConceptId)).ToLookup(link => link.Weight == ConceptWeight.Against);
        return new RankedCondition(
            condition,
            score,
            [.. seen[false].OrderBy(link => link.Weight)],
            [.. seen[true]],
            [.. condition.Concepts.Where(link => link.Weight == ConceptWeight.Cardinal && !observed.Contains(link.ConceptId))]);
    }

    private static double WeightOf(ConceptWeight weight) => weight switch
    {
        ConceptWeight.Cardinal => 3,
        ConceptWeight.Common => 2,
        ConceptWeight.Possible => 1,
        _ => 3,
    };
}
