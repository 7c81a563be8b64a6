using DermAssistant.Ontology.Files;

namespace DermAssistant.Ontology;

/// <summary>Checks that hold on every level: ids, emptiness and malignancy along the path.</summary>
internal static class NodeChecks
{
    public static void Check(NodeEntry entry, OntologyNode node, List<OntologyFault> faults)
    {
        if (!Slug.IsWellFormed(entry.Id))
            faults.Add(new OntologyFault(entry.File, entry.Line, $"'{entry.Id}' is no well-formed id.", "Use small letters, digits and single hyphens."));
        if (node.Level != NodeLevel.Condition && node.Children.Count == 0)
            faults.Add(new OntologyFault(entry.File, entry.Line, $"The {entry.Described} has nothing below it, so no condition at level four.", "Add a condition or remove it."));
        CheckMalignancy(entry, node, faults);
        CheckCovers(entry, node, faults);
    }

    private static void CheckMalignancy(NodeEntry entry, OntologyNode node, List<OntologyFault> faults)
    {
        if (IsBenign(node) && IsCancer(node))
            faults.Add(new OntologyFault(entry.File, entry.Line, $"The {entry.Described} is flagged benign and malignant, in situ or premalignant.", "Keep one of the flags."));
        for (var ancestor = node.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            // Else what stands under "Malignant neoplasms" would not count towards the malignancy mass.
            if (ancestor.CountsAsMalignant && !node.CountsAsMalignant && !IsBenign(node))
                faults.Add(new OntologyFault(entry.File, entry.Line, $"The {entry.Described} stands under '{ancestor.Name}', which is flagged malignant or in situ, but is flagged neither.", "Add the flag malignant or inSitu, or move it."));
            if (IsBenign(node) && IsCancer(ancestor))
                faults.Add(new OntologyFault(entry.File, entry.Line, $"The benign {entry.Described} stands under '{ancestor.Name}', which is flagged malignant, in situ or premalignant.", "Move it or correct the flags."));
            if (IsCancer(node) && IsBenign(ancestor))
                faults.Add(new OntologyFault(entry.File, entry.Line, $"The {entry.Described}, flagged malignant, in situ or premalignant, stands under '{ancestor.Name}', which is flagged benign.", "Move it or correct the flags."));
        }
    }

    /// <summary>A class that mixes benign and malignant conditions would hide one behind the other.</summary>
    private static void CheckCovers(NodeEntry entry, OntologyNode node, List<OntologyFault> faults)
    {
        foreach (var covered in node.Covers)
        {
            if (covered == node)
            {
                faults.Add(new OntologyFault(entry.File, entry.Line, $"The {entry.Described} covers itself.", "Take it out of 'covers'."));
                continue;
            }
            if (covered.Covers.Count > 0)
                faults.Add(new OntologyFault(entry.File, entry.Line, $"The {entry.Described} covers '{covered.Name}', which covers others itself.", "Name the conditions themselves."));
            if ((IsBenign(node) && IsCancer(covered)) || (IsCancer(node) && IsBenign(covered)))
                faults.Add(new OntologyFault(entry.File, entry.Line, $"The {entry.Described} covers '{covered.Name}', although one is benign and the other is not.", "Take it out of 'covers' or correct the flags."));
        }
    }

    private static bool IsBenign(OntologyNode node) => node.Flags.Contains(ConditionFlag.Benign);

    private static bool IsCancer(OntologyNode node) => node.CountsAsMalignant || node.Flags.Contains(ConditionFlag.Premalignant);
}
