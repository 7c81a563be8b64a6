using System.Text.Json;
using DermAssistant.Tests;

namespace DermAssistant.Ontology.Tests;

/// <summary>The shipped data against the draft it was made from: nothing lost, and every change is one that is written down.</summary>
public class DraftTests
{
    private static readonly string[] Moved = ["Langerhans cell histiocytosis", "Indeterminate skin finding"];
    private static readonly string[] InSituNow = ["Bowen disease", "Lentigo maligna", "Melanoma in situ", "Erythroplasia of Queyrat"];

    [SharedFact("facts", "conditions.json")]
    public void Every_drafted_condition_is_there_with_its_path_flags_code_and_concepts()
    {
        using var facts = JsonDocument.Parse(File.ReadAllBytes(TestPaths.InShared("facts", "conditions.json")));
        var wrong = new List<string>();
        foreach (var draft in facts.RootElement.GetProperty("conditions").EnumerateArray())
        {
            var name = draft.GetProperty("name").GetString()!;
            var node = Shipped.Node(name);
            if (!node.Path.SequenceEqual(Strings(draft, "path")) && !Moved.Contains(name)) wrong.Add($"{name}: path");
            if (draft.GetProperty("icd10cm").GetString() is { Length: > 0 } code && node.Codes.GetValueOrDefault("icd10cm") != code) wrong.Add($"{name}: code");
            var concepts = Strings(draft, "concepts").Select(concept => Shipped.Graph.FindConcept(concept)!.Id);
            if (concepts.Except(node.Concepts.Select(link => link.ConceptId)).Any()) wrong.Add($"{name}: concepts");
            var flags = Strings(draft, "flags").Select(Flag).Where(flag => !(flag == ConditionFlag.Premalignant && InSituNow.Contains(name)));
            if (flags.Except(node.Flags).Any()) wrong.Add($"{name}: flags");
            if (node.DefaultUrgency != Level(draft.GetProperty("triage_default").GetString())) wrong.Add($"{name}: urgency");
        }
        Assert.Empty(wrong);
    }

    [SharedFact("facts", "concepts.json")]
    public void Every_drafted_concept_is_found_by_its_drafted_name()
    {
        using var facts = JsonDocument.Parse(File.ReadAllBytes(TestPaths.InShared("facts", "concepts.json")));

        Assert.All(
            facts.RootElement.GetProperty("concepts").EnumerateArray().Select(concept => concept.GetProperty("name").GetString()!),
            name => Assert.NotNull(Shipped.Graph.FindConcept(name)));
    }

    private static IEnumerable<string> Strings(JsonElement element, string field) => element.GetProperty(field).EnumerateArray().Select(value => value.GetString()!);

    private static ConditionFlag Flag(string drafted) => drafted switch
    {
        "suspected_cancer_pathway" => ConditionFlag.SuspectedCancerPathway,
        "drug_related" => ConditionFlag.DrugRelated,
        "traumatic_physical" => ConditionFlag.Traumatic,
        "normal_variant_or_functional" => ConditionFlag.NormalVariant,
        "often_self_limiting" => ConditionFlag.SelfLimiting,
        _ => Enum.Parse<ConditionFlag>(drafted, ignoreCase: true),
    };

    private static Urgency Level(string? drafted) => drafted switch
    {
        "emergency" => Urgency.Emergency,
        "urgent" => Urgency.Urgent,
        "suspected_cancer_pathway" => Urgency.Soon,
        "self_care_or_routine" => Urgency.SelfCare,
        _ => Urgency.Routine,
    };
}
