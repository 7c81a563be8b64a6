using System.Text.RegularExpressions;
using DermAssistant.Ontology.Files;

namespace DermAssistant.Ontology;

/// <summary>Checks of one condition: codes, sources of the codes, urgency, and statements that contradict each other.</summary>
internal static partial class ConditionChecks
{
    private static readonly (ConditionFlag Flag, Urgency AtLeast)[] UrgencyOfFlags =
    [
        (ConditionFlag.Emergency, Urgency.Emergency),
        (ConditionFlag.Urgent, Urgency.Urgent),
        (ConditionFlag.SuspectedCancerPathway, Urgency.Soon),
        (ConditionFlag.Malignant, Urgency.Soon),
        (ConditionFlag.InSitu, Urgency.Soon),
        (ConditionFlag.Premalignant, Urgency.Routine),
    ];

    private static readonly (string System, Regex Form, string Example, string Source)[] CodeForms =
    [
        ("icd10cm", Icd10Cm(), "L40.0", "icd-10-cm-2021"),
        ("doid", Doid(), "DOID:8923", "disease-ontology"),
        ("mesh", Mesh(), "D008545", "disease-ontology"),
    ];

    public static void Check(NodeEntry entry, OntologyNode node, List<OntologyFault> faults)
    {
        CheckCodes(entry, faults);
        CheckUrgency(entry, node, faults);
        CheckFlags(entry, node, faults);
        foreach (var twice in node.Concepts.GroupBy(link => link.ConceptId).Where(group => group.Count() > 1))
            faults.Add(new OntologyFault(entry.File, entry.Line, $"The {entry.Described} lists the concept '{twice.Key}' {twice.Count()} times.", "Keep it once, with one weight."));
        if (entry.Reviewed && node.Doubt is not null)
            faults.Add(new OntologyFault(entry.File, entry.Line, $"The {entry.Described} is reviewed but still carries a doubt.", "Settle the doubt and remove it, or set the review back."));
    }

    private static void CheckCodes(NodeEntry entry, List<OntologyFault> faults)
    {
        foreach (var (system, code) in entry.Codes)
        {
            var form = CodeForms.FirstOrDefault(known => known.System == system);
            if (form.Form is null)
            {
                faults.Add(new OntologyFault(entry.File, code.Line, $"'{system}' is no known code system.", "Use icd10cm, doid or mesh."));
                continue;
            }
            if (!form.Form.IsMatch(code.Name))
                faults.Add(new OntologyFault(entry.File, code.Line, $"'{code.Name}' is no well-formed {system} code.", $"Write it like {form.Example}."));
            if (!entry.Sources.Any(source => source.Name == form.Source))
                faults.Add(new OntologyFault(entry.File, code.Line, $"The {system} code of {entry.Described} has no source.", $"Add \"{form.Source}\" to its sources."));
        }
    }

    private static void CheckUrgency(NodeEntry entry, OntologyNode node, List<OntologyFault> faults)
    {
        if (node.DefaultUrgency is not { } urgency)
        {
            faults.Add(new OntologyFault(entry.File, entry.Line, $"The {entry.Described} has no default urgency.", "Add \"urgency\" with a level and a source."));
            return;
        }
        foreach (var (flag, atLeast) in UrgencyOfFlags)
            if (node.Flags.Contains(flag) && urgency < atLeast)
                faults.Add(new OntologyFault(entry.File, entry.UrgencyLine, $"The {entry.Described} is flagged {Vocabularies.Flags.Write(flag)}, but its default urgency is {Vocabularies.Urgencies.Write(urgency)}.", $"Raise the urgency to {Vocabularies.Urgencies.Write(atLeast)} or take the flag away."));
    }

    private static void CheckFlags(NodeEntry entry, OntologyNode node, List<OntologyFault> faults)
    {
        if (node.Flags.Contains(ConditionFlag.Contagious) && !node.Flags.Contains(ConditionFlag.Infectious))
            faults.Add(new OntologyFault(entry.File, entry.Line, $"The {entry.Described} is flagged contagious but not infectious.", "Add infectious or take contagious away."));
        if (node.DefaultUrgency == Urgency.Emergency && !node.Flags.Contains(ConditionFlag.Emergency))
            faults.Add(new OntologyFault(entry.File, entry.UrgencyLine, $"The default urgency of {entry.Described} is emergency, but it is not flagged so.", "Add the flag emergency or lower the urgency."));
    }

    [GeneratedRegex(@"^[A-TV-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$")]
    private static partial Regex Icd10Cm();

    [GeneratedRegex(@"^DOID:\d+$")]
    private static partial Regex Doid();

    [GeneratedRegex(@"^[CD]\d{6,9}$")]
    private static partial Regex Mesh();
}
