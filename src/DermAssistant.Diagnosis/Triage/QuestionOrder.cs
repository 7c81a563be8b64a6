using DermAssistant.Ontology;

namespace DermAssistant.Diagnosis;

/// <summary>Orders the signs worth asking for: what would complete a rule that is half met, then what would score, then the general ones.</summary>
internal sealed class QuestionOrder(TriageRules rules, TriageFindings findings, Func<TriageChecklist, bool> applies)
{
    /// <summary>Ids of signs that could raise the urgency, most telling first; may repeat.</summary>
    public IEnumerable<string> Signs(Urgency current) =>
        HalfMet(current).Concat(ByEmergency(current)).Concat(ByChecklist(current)).Concat(rules.GeneralQuestions);

    /// <summary>What is missing from rules that have begun to be met, fewest missing first.</summary>
    private IEnumerable<string> HalfMet(Urgency current) => rules.Rules
        .Where(rule => rule.Urgency > current)
        .Select(rule => (Rule: rule, Missing: rule.Requires.Where(IsOpen).ToList()))
        .Where(pair => pair.Missing.Count < pair.Rule.Requires.Count)
        .OrderBy(pair => pair.Missing.Count)
        .ThenByDescending(pair => pair.Rule.Urgency)
        .SelectMany(pair => pair.Missing)
        .SelectMany(requirement => requirement.Signs);

    /// <summary>The warning signs of emergencies among the conditions considered.</summary>
    private IEnumerable<string> ByEmergency(Urgency current)
    {
        var considered = findings.Entries.Where(entry => entry.Probability >= rules.PhotoEvidence.ConditionAtLeast).Select(entry => entry.Node).ToList();
        var emergencies = rules.Emergencies.Where(emergency => emergency.Conditions.Any(considered.Contains)).Select(emergency => emergency.Id).ToHashSet(StringComparer.Ordinal);
        return rules.Rules
            .Where(rule => rule.Urgency > current && rule.Emergency is { } id && emergencies.Contains(id))
            .SelectMany(rule => rule.Requires)
            .Where(IsOpen)
            .SelectMany(requirement => requirement.Signs);
    }

    private IEnumerable<string> ByChecklist(Urgency current) => rules.Checklists
        .Where(list => list.Urgency > current && applies(list))
        .SelectMany(list => list.Items.Where(item => findings.Meets(item.Requirement, list.Photo) is null))
        .OrderByDescending(item => item.Points)
        .SelectMany(item => item.Requirement.Signs);

    private bool IsOpen(TriageRequirement requirement) => findings.Meets(requirement, ConceptModality.Clinical) is null;
}
