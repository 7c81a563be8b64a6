namespace DermAssistant.Ontology.Names;

/// <summary>Ranks conditions by the concepts that were observed.</summary>
internal sealed class ConceptRanking
{
    private const double WeightOfUnknown = 2;

    private readonly Dictionary<string, List<OntologyNode>> _conditionsOf = new(StringComparer.Ordinal);

    public ConceptRanking(IEnumerable<OntologyNode> conditions)
    {
        foreach (var condition in conditions)
            foreach (var link in condition.Concepts)
            {
                if (!_conditionsOf.TryGetValue(link.ConceptId, out var list)) _conditionsOf.Add(link.ConceptId, list = []);
                list.Add(condition);
            }
    }

    public IReadOnlyList<RankedCondition> Rank(IReadOnlyCollection<string> observed, int top)
    {
        var concepts = observed.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. concepts
                .SelectMany(id => _conditionsOf.GetValueOrDefault(id) ?? [])
                .Distinct()
                .Select(condition => Score(condition, concepts))
                .OrderByDescending(ranked => ranked.Score)
                .ThenBy(ranked => ranked.Condition.Id, StringComparer.Ordinal)
                .Take(top),
        ];
    }

    /// <summary>
    /// The weighted overlap of observed and expected: weight matched, less weight against, over the weight of all the condition's
    /// concepts and of what was observed and is none of them (a weighted Jaccard index).
    /// </summary>
    private static RankedCondition Score(OntologyNode condition, HashSet<string> observed)
    {
        List<ConceptLink> speaksFor = [], against = [], missing = [];
        double matched = 0, opposed = 0, expected = 0;
        foreach (var link in condition.Concepts)
        {
            var weight = WeightOf(link.Weight);
            var seen = observed.Contains(link.ConceptId);
            if (link.Weight == ConceptWeight.Against)
            {
                if (!seen) continue;
                against.Add(link);
                opposed += weight;
                continue;
            }
            expected += weight;
            if (seen)
            {
                speaksFor.Add(link);
                matched += weight;
            }
            else if (link.Weight == ConceptWeight.Cardinal)
            {
                missing.Add(link);
            }
        }
        var unknown = (observed.Count - speaksFor.Count - against.Count) * WeightOfUnknown;
        var score = Math.Max(-1, (matched - opposed) / (expected + unknown + opposed));
        return new RankedCondition(condition, score, [.. speaksFor.OrderBy(link => link.Weight)], against, missing);
    }

    private static double WeightOf(ConceptWeight weight) => weight switch
    {
        ConceptWeight.Cardinal => 3,
        ConceptWeight.Common => 2,
        ConceptWeight.Possible => 1,
        _ => 3,
    };
}
