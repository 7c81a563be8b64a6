using System.ComponentModel;
using Microsoft.SemanticKernel;

namespace DermAssistant.Agent;

internal sealed partial class DermTools
{
    private const int MostConditions = 6;

    [KernelFunction("explain_term")]
    [Description("What a visual concept (plaque, scale), a checklist or rule of the triage (ABCDE, ugly duckling) means; for any other word, the names of the ontology that hold it.")]
    public TermResult ExplainTerm([Description("The concept's name, synonym or id, the checklist's or rule's id, or a word.")] string term)
    {
        var text = Clip(term);
        if (ontology.FindConcept(text) is { } concept)
        {
            var linked = ontology.RankConditions([concept.Id], ontology.Conditions.Count)
                .Where(ranked => ranked.For.Count > 0).OrderBy(ranked => ranked.For[0].Weight).Select(ranked => ranked.Condition).ToList();
            return new(concept.Name, concept.Definition, _statements.Definition(concept), linked.Count, [.. linked.Take(MostConditions).Select(Name)], _statements.ConditionsOf(concept, [.. linked.Take(MostConditions)]), null, [], null);
        }

        if (ontology.Triage.Checklists.FirstOrDefault(list => list.Id == text) is { } checklist)
            return new(checklist.Name, null, _statements.Checklist(checklist), 0, [], null, ChecklistFact.Of(checklist), [], null);
        if (ontology.Triage.Rules.FirstOrDefault(rule => rule.Id == text) is { } found)
            return new(null, found.Text, _statements.Rule(found), 0, [], null, null, [], null);

        var names = ontology.NamesHolding(text, MostConditions);
        return names.Count == 0
            ? new(null, null, null, 0, [], null, null, [], $"The ontology holds nothing called '{text}'.")
            : new(text, null, _statements.NamesHolding(text, names), 0, [], null, null, [.. names.Select(match => new NamedAs(match.Node.Id, match.Node.Name, match.Name))], null);
    }
}

/// <summary>What a word means, as a tool tells it.</summary>
/// <param name="Definition">Of a concept, or the text of a rule.</param>
/// <param name="Linked">How many conditions the concept speaks for; the first of them are <paramref name="Conditions"/>.</param>
/// <param name="Names">For a word that is no term of its own: the nodes with names that hold it.</param>
internal sealed record TermResult(
    string? Name,
    string? Definition,
    string? Evidence,
    int Linked,
    IReadOnlyList<NodeName> Conditions,
    string? ConditionsEvidence,
    ChecklistFact? Checklist,
    IReadOnlyList<NamedAs> Names,
    string? Problem);

/// <summary>A checklist as a tool tells it.</summary>
/// <param name="Threshold">Points it counts from.</param>
internal sealed record ChecklistFact(IReadOnlyList<string> Items, int Threshold, string? Caution)
{
    public static ChecklistFact Of(Ontology.TriageChecklist list) =>
        new([.. list.Items.Select(item => item.Points == 1 ? item.Text : $"{item.Text} ({item.Points} points)")], list.Threshold, list.Caution);
}

/// <summary>A node and the one of its names that was asked for.</summary>
internal sealed record NamedAs(string Id, string Name, string As);
