namespace DermAssistant.Ontology.Names;

/// <summary>Concepts by id and by the key of their names.</summary>
internal sealed class ConceptIndex
{
    private readonly Dictionary<string, Concept> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Concept> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Concept>.AlternateLookup<ReadOnlySpan<char>> _byKeySpan;

    /// <summary>Names come before synonyms: where one concept's synonym is another's name, the name wins.</summary>
    public ConceptIndex(IEnumerable<Concept> concepts)
    {
        var all = concepts.ToList();
        foreach (var concept in all)
        {
            _byId.TryAdd(concept.Id, concept);
            _byKey.TryAdd(NameKey.Of(concept.Name), concept);
        }
        foreach (var concept in all)
            foreach (var synonym in concept.Synonyms)
                _byKey.TryAdd(NameKey.Of(synonym), concept);
        _byKeySpan = _byKey.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IEnumerable<string> Keys => _byKey.Keys;

    public Concept? ById(string id) => _byId.GetValueOrDefault(id);

    public Concept? ByKey(ReadOnlySpan<char> key) => _byKeySpan.TryGetValue(key, out var concept) ? concept : null;

    public Concept? Find(string text)
    {
        if (text.Length > NameKey.LongestName) return null;
        return ById(text.Trim()) ?? ByKey(NameKey.Of(text));
    }
}
