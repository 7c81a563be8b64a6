namespace DermAssistant.Ontology.Files;

/// <summary>Resolves what one file names of another, and notes what is not there.</summary>
internal sealed class References
{
    private readonly Dictionary<string, Concept> _concepts;
    private readonly Dictionary<string, OntologyNode> _conditions;
    private readonly Dictionary<string, OntologyNode> _nodes;
    private readonly HashSet<string> _sources;
    private readonly List<OntologyFault> _faults;

    public References(List<OntologyFault> faults)
    {
        _concepts = new(StringComparer.Ordinal);
        _conditions = new(StringComparer.Ordinal);
        _nodes = new(StringComparer.Ordinal);
        _sources = new(StringComparer.Ordinal);
        _faults = faults;
    }

    private References(References other, List<OntologyFault> faults) =>
        (_concepts, _conditions, _nodes, _sources, _faults) = (other._concepts, other._conditions, other._nodes, other._sources, faults);

    /// <summary>The same names with a list of faults of its own; for reading beside another reader once all names are added.</summary>
    public References Noting(List<OntologyFault> faults) => new(this, faults);

    public bool AddSource(string id) => _sources.Add(id);

    public bool AddConcept(Concept concept) => _concepts.TryAdd(concept.Name, concept);

    public bool AddNode(OntologyNode node)
    {
        if (!_nodes.TryAdd(node.Id, node)) return false;
        if (node.Level == NodeLevel.Condition) _conditions.TryAdd(node.Name, node);
        return true;
    }

    public OntologyNode? NodeById(string id) => _nodes.GetValueOrDefault(id);

    public Concept? Concept(string file, int line, string name, string who)
    {
        if (_concepts.TryGetValue(name, out var concept)) return concept;
        _faults.Add(new OntologyFault(file, line, $"{who} names the concept '{name}', which concepts.json does not have.", "Write a concept's name as concepts.json has it, or add the concept there."));
        return null;
    }

    public OntologyNode? Condition(string file, int line, string name, string who)
    {
        if (_conditions.TryGetValue(name, out var node)) return node;
        _faults.Add(new OntologyFault(file, line, $"{who} names '{name}', which is no condition.", "Write a condition's name as its file has it."));
        return null;
    }

    public OntologyNode? Node(string file, int line, string id, string who)
    {
        if (_nodes.TryGetValue(id, out var node)) return node;
        _faults.Add(new OntologyFault(file, line, $"{who} names the node '{id}', which does not exist.", "Write the ids from the category down, joined by '/'."));
        return null;
    }

    public void Source(string file, int line, string source, string who)
    {
        if (_sources.Contains(source)) return;
        _faults.Add(source.Length == 0
            ? new OntologyFault(file, line, $"{who} has no source.", "Add \"source\" with an id from sources.json.")
            : new OntologyFault(file, line, $"{who} names the source '{source}', which sources.json does not have.", "Correct the id or add the source to sources.json."));
    }

    public void Fault(string file, int line, string message, string remedy) => _faults.Add(new OntologyFault(file, line, message, remedy));
}
