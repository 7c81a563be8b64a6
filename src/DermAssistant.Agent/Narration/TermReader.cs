using System.Text.RegularExpressions;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>Finds the word a question asks the meaning of: a concept, a checklist, a sign of one, or a part of names ("birthmark").</summary>
internal sealed class TermReader
{
    private readonly OntologyGraph _ontology;
    private readonly IReadOnlyList<Regex> _shapes;
    private readonly IReadOnlyDictionary<string, string> _rules;

    /// <param name="file">The shapes of such questions, and the names rules go by.</param>
    public TermReader(TermPatterns file, OntologyGraph ontology)
    {
        _ontology = ontology;
        _shapes = [.. file.Shapes.Select(shape => new Regex(shape, RegexOptions.CultureInvariant))];
        _rules = RulesByName(file, ontology);
    }

    /// <summary>The ids of checklists and rules by the small-letter names people call them.</summary>
    public static IReadOnlyDictionary<string, string> RulesByName(TermPatterns file, OntologyGraph ontology)
    {
        var rules = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (rule, names) in file.Rules)
            foreach (var name in names) rules[name] = rule;
        foreach (var list in ontology.Triage.Checklists) rules.TryAdd(list.Name.ToLowerInvariant(), list.Id);
        return rules;
    }

    /// <summary>What is asked for, or null where the question asks for no term that is known.</summary>
    /// <param name="text">The question in small letters without punctuation.</param>
    public AskedTerm? Read(string text)
    {
        foreach (var shape in _shapes)
        {
            if (shape.Match(text) is not { Success: true } match) continue;
            var term = match.Groups["term"].Value;
            if (_rules.TryGetValue(term, out var rule)) return new AskedTerm(rule, AskedKind.Rule);
            if (_ontology.Find(term) is { } node) return new AskedTerm(node.Id, AskedKind.Node);
            if (_ontology.FindConcept(term) is { } concept) return new AskedTerm(concept.Id, AskedKind.Concept);
            if (_ontology.NamesHolding(term, 1).Count > 0) return new AskedTerm(term, AskedKind.PartOfNames);
        }

        return null;
    }
}

/// <summary>What a term turned out to be.</summary>
internal enum AskedKind
{
    Node,
    Concept,
    Rule,
    PartOfNames,
}

/// <summary>A term a question asks the meaning of.</summary>
/// <param name="Term">An id; for a part of names, the word itself.</param>
internal sealed record AskedTerm(string Term, AskedKind Kind);

/// <summary>The part of <c>prompts/agent/intents.json</c> on terms.</summary>
/// <param name="Shapes">Patterns with the group "term".</param>
/// <param name="Rules">What people call a checklist or rule of the triage, by its id.</param>
internal sealed record TermPatterns(IReadOnlyList<string> Shapes, IReadOnlyDictionary<string, IReadOnlyList<string>> Rules);
