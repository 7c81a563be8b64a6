using DermAssistant.Ontology.Files;

namespace DermAssistant.Ontology;

/// <summary>Checks of the triage rules that reading them does not make.</summary>
internal static class TriageChecks
{
    /// <summary>Looks for urgencies without a meaning, rules nothing can fire and signs nobody can report.</summary>
    public static void Check(TriageRules? rules, List<OntologyFault> faults)
    {
        if (rules is null) return;
        foreach (var missing in Enum.GetValues<Urgency>().Except(rules.Urgencies.Select(meaning => meaning.Urgency)))
            faults.Add(new OntologyFault(TriageFile.Name, 1, $"The urgency {Vocabulary<Urgency>.Write(missing)} has no meaning.", "Add it to \"urgencies\"."));
        foreach (var rule in rules.Rules.Where(rule => rule.Requires.Count == 0 || rule.Requires.Any(IsEmpty)))
            faults.Add(new OntologyFault(TriageFile.Name, 1, $"Rule '{rule.Id}' has a requirement nothing can meet, or none at all.", "Name at least one sign, concept or condition in each."));
        foreach (var sign in rules.Signs.Where(sign => sign.Phrases.Count == 0 && sign.Question is null))
            faults.Add(new OntologyFault(TriageFile.Name, 1, $"The sign '{sign.Id}' can neither be recognised nor asked for.", "Add phrases or a question."));
        foreach (var id in rules.GeneralQuestions.Where(id => rules.Signs.FirstOrDefault(sign => sign.Id == id) is { Question: null }))
            faults.Add(new OntologyFault(TriageFile.Name, 1, $"The sign '{id}' is to be asked for but has no question.", "Add its question or take it out of \"questions\"."));
    }

    private static bool IsEmpty(TriageRequirement requirement) =>
        requirement.Signs.Count + requirement.Concepts.Count + requirement.Conditions.Count == 0;
}
