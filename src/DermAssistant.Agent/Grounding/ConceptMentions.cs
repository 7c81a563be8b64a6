using System.Text.RegularExpressions;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>A concept named in a sentence.</summary>
internal sealed record ConceptMention(int Start, int Length, Concept Concept);

/// <summary>Finds the concepts a text names, by name or synonym, longest names first, singular or plural.</summary>
internal sealed class ConceptMentions
{
    // Shorter names ("red") are ordinary words more often than concepts.
    private const int ShortestName = 5;

    private readonly Dictionary<string, Concept> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Regex? _names;

    public ConceptMentions(OntologyGraph ontology)
    {
        foreach (var concept in ontology.Concepts)
            foreach (var name in concept.Synonyms.Prepend(concept.Name).Where(name => name.Length >= ShortestName))
                _byName.TryAdd(name.Replace('-', ' '), concept);
        if (_byName.Count == 0) return;
        var alternatives = _byName.Keys.OrderByDescending(name => name.Length).ThenBy(name => name, StringComparer.Ordinal)
            .Select(name => Regex.Escape(name).Replace("\\ ", "[ -]", StringComparison.Ordinal));
        _names = new Regex($@"\b(?<name>{string.Join('|', alternatives)})(?:e?s)?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    public IReadOnlyList<ConceptMention> Find(string text) => _names is null
        ? []
        : [.. _names.Matches(text).Select(m => new ConceptMention(m.Index, m.Length, _byName[m.Groups["name"].Value.Replace('-', ' ')]))];
}
