using System.Globalization;
using DermAssistant.Ontology;

namespace DermAssistant.Diagnosis;

/// <summary>Judges by the rules of the ontology how soon somebody should be seen.</summary>
/// <remarks>
/// Every rule can only raise: the urgency is that of the most urgent rule that fires, so a further sign or red flag never lowers it.
/// Self-care is reached only when nothing else fires, nothing is reported and the malignancy mass lies below its floor; without
/// evidence the answer is a routine appointment. Safe for concurrent use.
/// </remarks>
public sealed class TriageEvaluator(OntologyGraph ontology)
{
    private const int MostNamed = 8;

    private readonly TriageRules _rules = ontology.Triage;

    /// <summary>The urgency and every rule that fired, most urgent first.</summary>
    public TriageAssessment Assess(TriageInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var findings = new TriageFindings(ontology, input);
        var (urgency, fired) = Fired(input, findings);
        return new TriageAssessment(urgency, [.. fired.Select(Reason)]) { Open = Open(input, findings, urgency) };
    }

    /// <summary>What is said of a photo that was not read.</summary>
    public TriageAssessment Unread => new(null, [new TriageReason("photo-not-read", _rules.Unread, [])]);

    private (Urgency Urgency, List<FiredRule> Fired) Fired(TriageInput input, TriageFindings findings)
    {
        var fired = new List<FiredRule>();
        AddMalignancy(input.MalignancyProbability, findings, fired);
        AddConditions(findings, fired);
        fired.AddRange(_rules.Checklists.Select(list => Score(list, findings)).OfType<FiredRule>());
        fired.AddRange(_rules.Rules.Select(rule => Fire(rule, findings)).OfType<FiredRule>());
        fired.AddRange(findings.Named.Select(Named));
        if (fired.Count == 0) fired.Add(SelfCare(input.MalignancyProbability, findings) ?? FiredRule.Of(_rules.Otherwise, Support.None));
        var ordered = fired.OrderByDescending(rule => rule.Urgency).ToList();
        return (ordered[0].Urgency, ordered);
    }

    /// <summary>What somebody says to have is at least as urgent as it usually is.</summary>
    private FiredRule Named(OntologyNode node)
    {
        var urgency = node.DefaultUrgency ?? _rules.Otherwise.Urgency;
        var text = _rules.NamedCondition.Text
            .Replace("{name}", node.Name, StringComparison.Ordinal)
            .Replace("{urgency}", Wording.CamelCase(urgency), StringComparison.Ordinal);
        return FiredRule.Of(_rules.NamedCondition, Support.None) with { Urgency = urgency, Text = text, Reviewed = node.Reviewed };
    }

    private List<TriageReason> Open(TriageInput input, TriageFindings findings, Urgency current)
    {
        var denied = input.Signs.Where(sign => sign.Denied).Select(sign => sign.Id).ToHashSet(StringComparer.Ordinal);
        var texts = _rules.Signs.ToDictionary(sign => sign.Id, StringComparer.Ordinal);
        var open = new List<(TriageRule Rule, List<string> Met, List<string> Missing)>();
        foreach (var rule in _rules.Rules.Where(rule => rule.Urgency > current))
        {
            var unmet = rule.Requires.Where(requirement => findings.Meets(requirement, ConceptModality.Clinical) is null).ToList();
            var met = rule.Requires.Except(unmet).SelectMany(requirement => requirement.Signs).Where(findings.Reports).ToList();
            var telling = met.Exists(sign => !texts[sign].Context && !_rules.Vague.Contains(sign)) || (met.Exists(sign => !texts[sign].Context) && rule.Requires.Count - unmet.Count > 1);
            if (unmet.Count == 0 || !telling || unmet.Exists(requirement => requirement.Signs.All(denied.Contains))) continue;
            open.Add((rule, met, [.. unmet.Select(requirement => requirement.Signs.First(sign => !denied.Contains(sign)))]));
        }
        return
        [
            .. open.OrderBy(entry => entry.Missing.Count).ThenByDescending(entry => entry.Rule.Urgency).Select(entry => new TriageReason(
                entry.Rule.Id,
                _rules.Open
                    .Replace("{rule}", entry.Rule.Text, StringComparison.Ordinal)
                    .Replace("{signs}", string.Join("; ", entry.Met.Select(sign => texts[sign].Text)), StringComparison.Ordinal)
                    .Replace("{missing}", string.Join("; ", entry.Missing.Select(sign => texts[sign].Text)), StringComparison.Ordinal),
                [],
                entry.Rule.Reviewed)),
        ];
    }

    /// <summary>Questions for signs a photo cannot show, the most telling first; meant to be asked one at a time.</summary>
    /// <param name="asked">Ids of signs already asked for; reported and denied signs are left out anyway.</param>
    /// <returns>None once the urgency is an emergency: nobody should be kept talking then.</returns>
    public IReadOnlyList<TriageQuestion> NextQuestions(TriageInput input, IReadOnlyCollection<string>? asked = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        var findings = new TriageFindings(ontology, input);
        var current = Fired(input, findings).Urgency;
        if (current == Urgency.Emergency) return [];
        var settled = input.Signs.Select(sign => sign.Id).Concat(asked ?? []).ToHashSet(StringComparer.Ordinal);
        var signs = _rules.Signs.ToDictionary(sign => sign.Id, StringComparer.Ordinal);
        return
        [
            .. new QuestionOrder(_rules, findings, list => Applies(list, findings)).Signs(current)
                .Where(id => !settled.Contains(id) && signs[id].Question is not null)
                .Distinct()
                .Select(id => new TriageQuestion(id, signs[id].Question!)),
        ];
    }

    private void AddMalignancy(double? probability, TriageFindings findings, List<FiredRule> fired)
    {
        if (probability is not { } mass) return;
        var rule = _rules.Malignancy.Where(rule => mass >= rule.AtLeast).MaxBy(rule => rule.Urgency);
        if (rule is null) return;
        var text = Fill(rule, mass, []);
        fired.Add(new FiredRule(rule.Urgency, rule.Id, text, rule.Source, rule.Reviewed, new Support(findings.MalignancyEvidence, [])));
    }

    private void AddConditions(TriageFindings findings, List<FiredRule> fired)
    {
        foreach (var rule in _rules.Conditions.OrderByDescending(rule => rule.Urgency))
        {
            if (rule.Urgency <= Urgency.Routine) return;
            var entries = findings.Entries.Where(entry => entry.Node.DefaultUrgency >= rule.Urgency && entry.Probability > 0).ToList();
            var mass = entries.Sum(entry => entry.Probability);
            if (entries.Count == 0 || mass < rule.AtLeast) continue;
            var nodes = entries.OrderByDescending(entry => entry.Probability).Select(entry => entry.Node).ToList();
            fired.Add(new FiredRule(rule.Urgency, rule.Id, Fill(rule, mass, nodes), rule.Source, rule.Reviewed, new Support(findings.EvidenceOf(nodes), [])));
            return;
        }
    }

    private FiredRule? SelfCare(double? malignancy, TriageFindings findings)
    {
        if (findings.AnySign || _rules.Malignancy.Any(rule => malignancy >= rule.AtLeast)) return null;
        if (_rules.Conditions.FirstOrDefault(rule => rule.Urgency == Urgency.SelfCare) is not { } rule) return null;
        var entries = findings.Entries.Where(entry => entry.Node.DefaultUrgency == Urgency.SelfCare).ToList();
        var mass = entries.Sum(entry => entry.Probability);
        if (entries.Count == 0 || mass < rule.AtLeast) return null;
        var nodes = entries.OrderByDescending(entry => entry.Probability).Select(entry => entry.Node).ToList();
        return new FiredRule(rule.Urgency, rule.Id, Fill(rule, mass, nodes), rule.Source, rule.Reviewed, new Support(findings.EvidenceOf(nodes), []));
    }

    private static FiredRule? Fire(TriageRule rule, TriageFindings findings)
    {
        var met = new List<Support>();
        foreach (var requirement in rule.Requires)
        {
            if (findings.Meets(requirement, ConceptModality.Clinical) is not { } support) return null;
            met.Add(support);
        }
        return FiredRule.Of(rule, Support.Merge(met));
    }

    private static FiredRule? Score(TriageChecklist list, TriageFindings findings)
    {
        if (!Applies(list, findings)) return null;
        var met = list.Items
            .Select(item => (Item: item, Support: findings.Meets(item.Requirement, list.Photo)))
            .Where(pair => pair.Support is not null)
            .ToList();
        var points = met.Sum(pair => pair.Item.Points);
        if (points < list.Threshold) return null;
        var text = list.Text
            .Replace("{points}", points.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{items}", string.Join(", ", met.Select(pair => pair.Item.Text)), StringComparison.Ordinal);
        return new FiredRule(list.Urgency, list.Id, text, list.Source, list.Reviewed, Support.Merge(met.Select(pair => pair.Support!)));
    }

    private static bool Applies(TriageChecklist list, TriageFindings findings) =>
        list.AppliesTo.Signs.Any(findings.Reports)
        || findings.Entries.Where(entry => list.AppliesTo.Within.Any(entry.Node.IsWithin)).Sum(entry => entry.Probability) >= list.AppliesTo.AtLeast;

    private TriageReason Reason(FiredRule rule)
    {
        var text = rule.Text;
        if (rule.Support.Reported.Count > 0)
            text += " " + _rules.Reported.Replace("{signs}", string.Join("; ", rule.Support.Reported), StringComparison.Ordinal);
        if (_rules.Notes.TryGetValue(rule.Source, out var note)) text += " " + note;
        return new TriageReason(rule.Id, text, rule.Support.Evidence, rule.Reviewed);
    }

    private static string Fill(ThresholdRule rule, double mass, IReadOnlyList<OntologyNode> nodes) => rule.Text
        .Replace("{percent}", Percent(mass), StringComparison.Ordinal)
        .Replace("{threshold}", Percent(rule.AtLeast), StringComparison.Ordinal)
        .Replace("{names}", Names(nodes), StringComparison.Ordinal);

    /// <summary>The most probable ones by name; a pack over the whole ontology can have a hundred.</summary>
    private static string Names(IReadOnlyList<OntologyNode> nodes)
    {
        var names = string.Join(", ", nodes.Take(MostNamed).Select(node => node.Name));
        return nodes.Count <= MostNamed ? names : $"{names} and {nodes.Count - MostNamed} others";
    }

    private static string Percent(double share) => Math.Min(100, share * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%";

    private sealed record FiredRule(Urgency Urgency, string Id, string Text, string Source, bool Reviewed, Support Support)
    {
        public static FiredRule Of(TriageRule rule, Support support) => new(rule.Urgency, rule.Id, rule.Text, rule.Source, rule.Reviewed, support);
    }
}
