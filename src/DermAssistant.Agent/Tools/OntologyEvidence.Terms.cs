using System.Text.Json.Nodes;
using DermAssistant.Diagnosis;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

// Definitions, checklists and names. Concepts and rules have no review state: none was reviewed.
internal sealed partial class OntologyEvidence
{
    private const string Unreviewed = " (not clinically reviewed)";

    public string Definition(Concept concept) => ledger.Add(
        EvidenceKind.Ontology,
        $"definition {concept.Id}",
        $"{Words.Head(concept.Name)}: {concept.Definition}{Unreviewed}",
        new JsonObject
        {
            ["statement"] = "definition",
            ["concept"] = new JsonObject { ["id"] = concept.Id, ["name"] = concept.Name },
            ["category"] = concept.Category,
            ["reviewed"] = false,
            ["source"] = concept.Source,
        });

    public string? ConditionsOf(Concept concept, IReadOnlyList<OntologyNode> conditions) => conditions.Count == 0 ? null : ledger.Add(
        EvidenceKind.Ontology,
        $"conditions of {concept.Id}",
        $"{Words.Head(concept.Name)} is listed for {Words.List([.. conditions.Select(node => node.Name)])}{Unreviewed}",
        new JsonObject
        {
            ["statement"] = "conditionsOfConcept",
            ["concept"] = new JsonObject { ["id"] = concept.Id, ["name"] = concept.Name },
            ["conditions"] = new JsonArray([.. conditions.Select(node => (JsonNode)new JsonObject { ["id"] = node.Id, ["name"] = node.Name })]),
            ["reviewed"] = conditions.All(node => node.Reviewed),
        });

    public string Checklist(TriageChecklist list) => ledger.Add(
        EvidenceKind.Triage,
        $"checklist {list.Id}",
        $"{Words.Head(list.Name)} looks for {Words.List(ChecklistFact.Of(list).Items)}.{(list.Threshold > 1 ? $" It counts from {list.Threshold} points on." : "")} {list.Caution}{Unreviewed}",
        new JsonObject
        {
            ["statement"] = "checklist",
            ["checklist"] = list.Id,
            ["threshold"] = list.Threshold,
            ["items"] = new JsonArray([.. list.Items.Select(item => (JsonNode)new JsonObject { ["text"] = item.Text, ["points"] = item.Points })]),
            ["reviewed"] = false,
            ["source"] = list.Source,
        });

    public string Rule(TriageRule rule) => ledger.Add(
        EvidenceKind.Triage,
        $"rule text {rule.Id}",
        rule.Text + Unreviewed,
        new JsonObject { ["statement"] = "rule", ["rule"] = rule.Id, ["reviewed"] = false, ["source"] = rule.Source });

    public string NamesHolding(string word, IReadOnlyList<NameMatch> names) => ledger.Add(
        EvidenceKind.Ontology,
        $"names holding {word}",
        $"Names of the ontology with '{word}': {Words.List([.. names.Select(match => match.Name == match.Node.Name ? match.Name : $"{match.Name} ({match.Node.Name})")])}",
        new JsonObject
        {
            ["statement"] = "names",
            ["word"] = word,
            ["names"] = new JsonArray([.. names.Select(match => (JsonNode)new JsonObject { ["id"] = match.Node.Id, ["name"] = match.Node.Name, ["as"] = match.Name })]),
        });
}
