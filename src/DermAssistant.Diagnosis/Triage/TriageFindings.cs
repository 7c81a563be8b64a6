using DermAssistant.Ontology;

namespace DermAssistant.Diagnosis;

/// <summary>What meets a requirement: evidence, reported signs, or both.</summary>
internal sealed record Support(IReadOnlyList<string> Evidence, IReadOnlyList<string> Reported)
{
    public static Support None { get; } = new([], []);

    public static Support Merge(IEnumerable<Support> supports)
    {
        var all = supports.ToList();
        return new Support([.. all.SelectMany(s => s.Evidence).Distinct()], [.. all.SelectMany(s => s.Reported).Distinct()]);
    }
}

/// <summary>The input as the rules ask for it: which signs, concepts and conditions are there, and what shows it.</summary>
internal sealed class TriageFindings
{
    private readonly OntologyGraph _ontology;
    private readonly Dictionary<string, ReportedSign> _signs;
    private readonly Dictionary<string, string> _entryEvidence = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _conceptEvidence = new(StringComparer.Ordinal);
    private readonly HashSet<string> _concepts;

    public TriageFindings(OntologyGraph ontology, TriageInput input)
    {
        _ontology = ontology;
        _signs = input.Signs.Where(sign => !sign.Denied).DistinctBy(sign => sign.Id).ToDictionary(sign => sign.Id, StringComparer.Ordinal);
        Named = [.. _signs.Values.Select(sign => sign.Condition is { } id ? ontology.Find(id) : null).OfType<OntologyNode>()];
        foreach (var evidence in input.Evidence)
        {
            var (about, id) = ((string?)evidence.Data["about"], (string?)evidence.Data["id"]);
            if (evidence.Kind == EvidenceKind.Differential && about == "malignancy") MalignancyEvidence = [evidence.Id];
            else if (evidence.Kind == EvidenceKind.Differential && about == "differential" && id is not null) _entryEvidence.TryAdd(id, evidence.Id);
            else if (evidence.Kind == EvidenceKind.Concept && id is not null) _conceptEvidence.TryAdd(id, evidence.Id);
        }
        var limits = ontology.Triage.PhotoEvidence;
        _concepts = input.Concepts
            .Where(concept => concept.Score >= limits.ConceptScoreAtLeast)
            .Where(concept => concept.Source == ConceptSource.Measured || concept.Auroc >= limits.ConceptAurocAtLeast)
            .Select(concept => concept.Id)
            .ToHashSet(StringComparer.Ordinal);
        Modality = input.Modality;
        Entries = [.. input.Differential.Select(entry => (Node: ontology.Find(entry.Id), entry.Probability)).Where(entry => entry.Node is not null).Select(entry => (entry.Node!, entry.Probability))];
    }

    public Modality Modality { get; }

    public IReadOnlyList<(OntologyNode Node, double Probability)> Entries { get; }

    public IReadOnlyList<string> MalignancyEvidence { get; } = [];

    /// <summary>Conditions that the person says to have.</summary>
    public IReadOnlyList<OntologyNode> Named { get; }

    public bool AnySign => _signs.Count > 0;

    public bool Reports(string sign) => _signs.ContainsKey(sign);

    /// <summary>Evidence of the entries that lie at these nodes.</summary>
    public IReadOnlyList<string> EvidenceOf(IEnumerable<OntologyNode> nodes) =>
        [.. nodes.Select(node => _entryEvidence.GetValueOrDefault(node.Id)).OfType<string>()];

    /// <summary>What meets a requirement, or null when nothing does.</summary>
    /// <param name="photo">The kind of photo whose concepts count.</param>
    public Support? Meets(TriageRequirement requirement, ConceptModality photo)
    {
        var reported = requirement.Signs.Where(_signs.ContainsKey).Select(sign => _signs[sign].Text).ToList();
        reported.AddRange(Named.Where(node => requirement.Conditions.Any(condition => condition.Includes(node))).Select(node => node.Name));
        var evidence = new List<string>();
        var met = reported.Count > 0;
        if (Counts(photo))
            foreach (var concept in requirement.Concepts.Where(_concepts.Contains))
            {
                met = true;
                if (_conceptEvidence.TryGetValue(concept, out var id)) evidence.Add(id);
            }
        foreach (var (node, probability) in Entries)
        {
            if (probability < _ontology.Triage.PhotoEvidence.ConditionAtLeast || !requirement.Conditions.Any(condition => condition.Includes(node))) continue;
            met = true;
            evidence.AddRange(EvidenceOf([node]));
        }
        return met ? new Support(evidence, reported) : null;
    }

    /// <summary>Whether concepts seen in this photo count where a rule is made for that kind of photo.</summary>
    private bool Counts(ConceptModality photo) => photo switch
    {
        ConceptModality.Clinical => Modality == Modality.Clinical,
        ConceptModality.Dermoscopic => Modality == Modality.Dermoscopic,
        _ => Modality != Modality.Other,
    };
}
