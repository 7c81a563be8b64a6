using DermAssistant.Ontology.Files;

namespace DermAssistant.Ontology;

/// <summary>Checks of the triage rules that loading leaves out: that every phrase of a sign can be read.</summary>
internal static class TriageChecks
{
    public static void Check(TriageRules rules, List<OntologyFault> faults)
    {
        foreach (var sign in rules.Signs)
            foreach (var phrase in sign.Phrases)
            {
                try
                {
                    SignPattern.Parse(phrase, rules.Reading.Groups);
                }
                catch (FormatException e)
                {
                    faults.Add(new OntologyFault(TriageFile.Name, sign.Line, $"A phrase of the sign '{sign.Id}' cannot be read: {e.Message}.", "Write words, a|b, {group} or 5.. and put + between parts; ontology/README.md explains them."));
                }
            }
    }
}
