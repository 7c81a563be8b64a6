using System.Text.Json;
using System.Text.Json.Nodes;
using DermAssistant.Diagnosis;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>Turns what the ontology says into evidence; unreviewed statements say so.</summary>
internal sealed partial class OntologyEvidence(OntologyGraph ontology, EvidenceLedger ledger)
{
    /// <summary>A node's place.</summary>
    public string Place(OntologyNode node) => ledger.Add(
        EvidenceKind.Ontology,
        $"place {node.Id}",
        $"{node.Name} lies under {string.Join(" › ", node.Path)}{Review(node)}",
        new JsonObject
        {
            ["statement"] = "place",
            ["id"] = node.Id,
            ["name"] = node.Name,
            ["level"] = Word(node.Level),
            ["path"] = Names(node.Path),
            ["reviewed"] = node.Reviewed,
            ["sources"] = Names(node.Sources),
        });

    /// <summary>What else a node is called.</summary>
    public string? OtherNames(OntologyNode node)
    {
        var names = node.Synonyms.Prepend(node.PlainName).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return names.Count == 0 ? null : ledger.Add(
            EvidenceKind.Ontology,
            $"names {node.Id}",
            $"{node.Name} is also known as {Words.List(names)}{Review(node)}",
            new JsonObject
            {
                ["statement"] = "names",
                ["id"] = node.Id,
                ["name"] = node.Name,
                ["synonyms"] = Names(node.Synonyms),
                ["plainName"] = node.PlainName,
                ["reviewed"] = node.Reviewed,
                ["sources"] = Names(node.Sources),
            });
    }

    /// <summary>How the ontology marks a node: malignant, infectious and the like.</summary>
    public string? Nature(OntologyNode node) => node.Flags.Count == 0 ? null : ledger.Add(
        EvidenceKind.Ontology,
        $"nature {node.Id}",
        $"The ontology marks {node.Name} as {Words.List([.. node.Flags.Order().Select(Words.Of)])}{Review(node)}",
        new JsonObject
        {
            ["statement"] = "nature",
            ["id"] = node.Id,
            ["name"] = node.Name,
            ["flags"] = Names(node.Flags.Order().Select(Word)),
            ["reviewed"] = node.Reviewed,
            ["sources"] = Names(node.Sources),
        });

    /// <summary>The nodes beside and below a node.</summary>
    public string Neighbours(OntologyNode node, IReadOnlyList<OntologyNode> siblings) => ledger.Add(
        EvidenceKind.Ontology,
        $"neighbours {node.Id}",
        Neighbourhood(node, siblings) + Review(node),
        new JsonObject
        {
            ["statement"] = "neighbours",
            ["id"] = node.Id,
            ["name"] = node.Name,
            ["parent"] = node.Parent is null ? null : Reference(node.Parent),
            ["siblings"] = new JsonArray([.. siblings.Select(Reference)]),
            ["children"] = new JsonArray([.. node.Children.Select(Reference)]),
            ["reviewed"] = node.Reviewed,
        });

    /// <summary>The usual urgency of a condition, when nothing else is known.</summary>
    public string? UsualUrgency(OntologyNode node) => node.DefaultUrgency is not { } urgency ? null : ledger.Add(
        EvidenceKind.Ontology,
        $"urgency {node.Id}",
        $"The usual urgency of {node.Name} is {Words.Of(urgency)}{Review(node)}",
        new JsonObject
        {
            ["statement"] = "usualUrgency",
            ["id"] = node.Id,
            ["name"] = node.Name,
            ["urgency"] = Word(urgency),
            ["reviewed"] = node.Reviewed,
            ["sources"] = Names(node.Sources),
        });

    /// <summary>How one concept speaks for a condition, or against it.</summary>
    public string Link(OntologyNode node, ConceptLink link)
    {
        var name = ontology.FindConcept(link.ConceptId)?.Name ?? link.ConceptId;
        return ledger.Add(
            EvidenceKind.Ontology,
            $"link {node.Id} {link.ConceptId}",
            link.Weight is ConceptWeight.Against
                ? $"{name} speaks against {node.Name}{Review(node)}"
                : $"{name} is a {Word(link.Weight)} feature of {node.Name}{Review(node)}",
            new JsonObject
            {
                ["statement"] = "feature",
                ["id"] = node.Id,
                ["name"] = node.Name,
                ["concept"] = new JsonObject { ["id"] = link.ConceptId, ["name"] = name },
                ["weight"] = Word(link.Weight),
                ["reviewed"] = node.Reviewed,
                ["source"] = link.Source,
            });
    }

    /// <summary>All concepts linked to a condition.</summary>
    public string? Concepts(OntologyNode node) => node.Concepts.Count == 0 ? null : ledger.Add(
        EvidenceKind.Ontology,
        $"concepts {node.Id}",
        $"Features of {node.Name}: {string.Join(", ", node.Concepts.Select(link => $"{Named(link)} ({Word(link.Weight)})"))}{Review(node)}",
        new JsonObject
        {
            ["statement"] = "features",
            ["id"] = node.Id,
            ["name"] = node.Name,
            ["concepts"] = new JsonArray([.. node.Concepts.Select(Linked)]),
            ["reviewed"] = node.Reviewed,
        });

    /// <summary>The conditions the ontology lists as look-alikes.</summary>
    public string? LookAlikes(OntologyNode node) => node.LookAlikes.Count == 0 ? null : ledger.Add(
        EvidenceKind.Ontology,
        $"look-alikes {node.Id}",
        $"{node.Name} is easily mistaken for {string.Join(", ", node.LookAlikes.Select(alike => ontology.Find(alike.ConditionId)?.Name ?? alike.ConditionId))}{Review(node)}",
        new JsonObject
        {
            ["statement"] = "lookAlikes",
            ["id"] = node.Id,
            ["name"] = node.Name,
            ["lookAlikes"] = new JsonArray([.. from alike in node.LookAlikes
                                               let other = ontology.Find(alike.ConditionId)
                                               where other is not null
                                               select (JsonNode)new JsonObject { ["id"] = other.Id, ["name"] = other.Name, ["difference"] = alike.Difference, ["source"] = alike.Source }]),
            ["reviewed"] = node.Reviewed,
        });

    /// <summary>What tells two look-alikes apart.</summary>
    public string? Difference(ConditionComparison pair) => pair.Difference is not { } alike ? null : ledger.Add(
        EvidenceKind.Ontology,
        $"difference {pair.First.Id} {pair.Second.Id}",
        $"{pair.First.Name} and {pair.Second.Name}: {alike.Difference}{Review(pair.First, pair.Second)}",
        new JsonObject
        {
            ["statement"] = "difference",
            ["first"] = Reference(pair.First),
            ["second"] = Reference(pair.Second),
            ["difference"] = alike.Difference,
            ["source"] = alike.Source,
            ["sources"] = Names(alike.Statements.Select(said => said.Source).Distinct()),
            ["doubt"] = alike.Doubt,
            ["reviewed"] = pair.First.Reviewed && pair.Second.Reviewed,
        });

    /// <summary>The deepest node that two conditions both lie under.</summary>
    public string? Shared(ConditionComparison pair) => pair.Shared is not { } shared ? null : ledger.Add(
        EvidenceKind.Ontology,
        $"shared {pair.First.Id} {pair.Second.Id}",
        $"{pair.First.Name} and {pair.Second.Name} both lie under {shared.Name}",
        new JsonObject
        {
            ["statement"] = "shared",
            ["first"] = Reference(pair.First),
            ["second"] = Reference(pair.Second),
            ["shared"] = Reference(shared),
            ["path"] = Names(shared.Path),
        });

    /// <summary>The features listed for one of two conditions, for the other, and for both.</summary>
    public string Features(ConditionComparison pair)
    {
        var (one, other) = (pair.First.Name, pair.Second.Name);
        string?[] parts =
        [
            pair.OnlyFirst.Count + pair.OnlySecond.Count == 0 ? $"The ontology lists no features that separate {one} from {other}" : null,
            pair.OnlyFirst.Count > 0 ? $"Listed for {one} and not for {other}: {List(pair.OnlyFirst)}" : null,
            pair.OnlySecond.Count > 0 ? $"Listed for {other} and not for {one}: {List(pair.OnlySecond)}" : null,
            pair.Both.Count > 0 ? $"Listed for both {one} and {other}: {List(pair.Both)}" : null,
        ];
        return ledger.Add(
            EvidenceKind.Ontology,
            $"features {pair.First.Id} {pair.Second.Id}",
            string.Join(". ", parts.OfType<string>()) + Review(pair.First, pair.Second),
            new JsonObject
            {
                ["statement"] = "comparison",
                ["first"] = Reference(pair.First),
                ["second"] = Reference(pair.Second),
                ["onlyFirst"] = new JsonArray([.. pair.OnlyFirst.Select(Linked)]),
                ["onlySecond"] = new JsonArray([.. pair.OnlySecond.Select(Linked)]),
                ["both"] = new JsonArray([.. pair.Both.Select(Linked)]),
                ["reviewed"] = pair.First.Reviewed && pair.Second.Reviewed,
            });

        string List(IReadOnlyList<ConceptLink> links) => Words.List([.. links.Select(Named)]);
    }

    public LinkedConcept Named(ConceptLink link, bool withWeight) =>
        new(link.ConceptId, Named(link), withWeight ? link.Weight : ConceptWeight.Possible);

    public string Named(ConceptLink link) => ontology.FindConcept(link.ConceptId)?.Name ?? link.ConceptId;

    private JsonNode Linked(ConceptLink link) =>
        new JsonObject { ["id"] = link.ConceptId, ["name"] = Named(link), ["weight"] = Word(link.Weight), ["source"] = link.Source };

    private static string Neighbourhood(OntologyNode node, IReadOnlyList<OntologyNode> siblings)
    {
        var beside = siblings.Count == 0 ? $"Nothing lies beside {node.Name}" : $"Beside {node.Name} lie {string.Join(", ", siblings.Select(s => s.Name))}";
        return node.Children.Count == 0 ? beside : $"{beside}; below it lie {string.Join(", ", node.Children.Select(c => c.Name))}";
    }

    private static JsonNode Reference(OntologyNode node) => new JsonObject { ["id"] = node.Id, ["name"] = node.Name };

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name)]);

    private static string Review(params ReadOnlySpan<OntologyNode> nodes)
    {
        foreach (var node in nodes)
            if (!node.Reviewed) return " (not clinically reviewed)";
        return "";
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
