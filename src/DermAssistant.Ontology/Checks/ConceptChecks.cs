using DermAssistant.Ontology.Files;
using DermAssistant.Ontology.Names;

namespace DermAssistant.Ontology;

/// <summary>Checks of the concepts: ids and names that mean one concept each.</summary>
internal static class ConceptChecks
{
    public static void Check(IReadOnlyList<ConceptAt> concepts, List<OntologyFault> faults)
    {
        var owners = new Dictionary<string, Concept>(StringComparer.Ordinal);
        foreach (var (concept, line, _) in concepts)
        {
            if (!Slug.IsWellFormed(concept.Id))
                faults.Add(new OntologyFault(ConceptFile.Name, line, $"'{concept.Id}' is no well-formed id.", "Use small letters, digits and single hyphens."));
            owners.TryAdd(NameKey.Of(concept.Name), concept);
        }
        foreach (var (concept, line, _) in concepts)
            foreach (var synonym in concept.Synonyms)
                if (!owners.TryAdd(NameKey.Of(synonym), concept) && owners[NameKey.Of(synonym)] is var owner && owner != concept)
                    faults.Add(new OntologyFault(ConceptFile.Name, line, $"'{synonym}' of the concept '{concept.Name}' already names the concept '{owner.Name}'.", "Keep the name with one of the two."));
    }
}
