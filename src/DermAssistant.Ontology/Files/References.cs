namespace DermAssistant.Ontology.Files;

/// <summary>Resolves what one file names of another, and notes what is not there.</summary>
internal sealed class References(List<OntologyFault> faults)
{
    private readonly Dictionary<string, Concept> _concepts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OntologyNode> _conditions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OntologyNode> _nodes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sources = new(StringComparer.Ordinal);

    public bool AddSource(string id) => _sources.Add(id);

    public bool AddConcept(Concept concept) => _concepts.TryAdd(concept.Name, concept);

    public bool AddNode(OntologyNode node)
    {
        if (!_nodes.TryAdd(node.Id, node)) return false;
        if (node.Level == NodeLevel.Condition) _conditions.TryAdd(node.Name, node);
        return true;
    }

    // A name that is there is found without a word; only for one that is not does the caller say who names it.

    public Concept? FindConcept(string name) => _concepts.GetValueOrDefault(name);

    public OntologyNode? FindCondition(string name) => _conditions.GetValueOrDefault(name);

    public bool HasSource(string id) => _sources.Contains(id);

    public Concept? NoConcept(string file, int line, string name, string who)
    {
        faults.Add(new OntologyFault(file, line, $"{who} names the concept '{name}', which concepts.json does not have.", "Write a concept's name as concepts.json has it, or add the concept there."));
        return null;
    }

    public OntologyNode? NoCondition(string file, int line, string name, string who)
    {
        faults.Add(new OntologyFault(file, line, $"{who} names '{name}', which is no condition.", "Write a condition's name as its file has it."));
        return null;
    }

    public void NoSource(string file, int line, string source, string who) => faults.Add(source.Length == 0
        ? new OntologyFault(file, line, $"{who} has no source.", "Add \"source\" with an id from sources.json.")
        : new OntologyFault(file, line, $"{who} names the source '{source}', which sources.json does not have.", "Correct the id or add the source to sources.json."));

    public Concept? Concept(string file, int line, string name, string who) => FindConcept(name) ?? NoConcept(file, line, name, who);

    public OntologyNode? Condition(string file, int line, string name, string who) => FindCondition(name) ?? NoCondition(file, line, name, who);

    public OntologyNode? Node(string file, int line, string id, string who)
    {
        if (_nodes.TryGetValue(id, out var node)) return node;
        faults.Add(new OntologyFault(file, line, $"{who} names the node '{id}', which does not exist.", "Write the ids from the category down, joined by '/'."));
        return null;
    }

    public void Source(string file, int line, string source, string who)
    {
        if (!HasSource(source)) NoSource(file, line, source, who);
    }

    public void Fault(string file, int line, string message, string remedy) => faults.Add(new OntologyFault(file, line, message, remedy));
}
