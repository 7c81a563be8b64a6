using DermAssistant.Ontology.Names;

namespace DermAssistant.Ontology.Files;

/// <summary>Makes nodes of entries: ids from the path, references by name resolved, faults noted.</summary>
internal sealed class GraphBuilder(OntologyFolder folder, List<OntologyFault> faults)
{
    private readonly NameIndex _names = new();
    private readonly Dictionary<string, NodeEntry> _entriesById = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OntologyNode> _conditionsByName = new(StringComparer.Ordinal);
    private readonly List<(NodeEntry Entry, OntologyNode Node)> _nodes = [];
    private readonly HashSet<string> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Concept> _concepts = new(StringComparer.Ordinal);

    /// <summary>Every node with the entry it was made of, parents before children.</summary>
    public IReadOnlyList<(NodeEntry Entry, OntologyNode Node)> Nodes => _nodes;

    public OntologyGraph Build()
    {
        foreach (var source in folder.Sources)
            if (!_sources.Add(source.Source.Id))
                faults.Add(new OntologyFault(SourceFile.Name, source.Line, $"The source '{source.Source.Id}' is written twice.", "Keep one, or give the other an id of its own."));
        AddConcepts();
        foreach (var category in folder.Categories) AddNode(category, null);
        AddNames();
        Resolve();
        return new OntologyGraph(
            folder.Version,
            [.. _nodes.Select(pair => pair.Node)],
            [.. folder.Concepts.Select(pair => pair.Concept)],
            folder.Sources.ToDictionary(pair => pair.Source.Id, pair => pair.Source, StringComparer.Ordinal),
            _names,
            folder.Labels.Unplaced);
    }

    private void AddConcepts()
    {
        foreach (var (concept, line) in folder.Concepts)
        {
            if (!_concepts.TryAdd(concept.Name, concept))
                faults.Add(new OntologyFault(ConceptFile.Name, line, $"The concept '{concept.Name}' is written twice.", "Keep one of the two."));
            if (folder.Concepts.Any(other => other.Line < line && other.Concept.Id == concept.Id))
                faults.Add(new OntologyFault(ConceptFile.Name, line, $"The concept id '{concept.Id}' is used twice.", "Give one of the two another id."));
            CheckSource(ConceptFile.Name, line, concept.Source, $"The definition of '{concept.Name}'");
            foreach (var vocabulary in concept.Vocabularies) CheckSource(ConceptFile.Name, line, vocabulary, $"The concept '{concept.Name}'");
        }
    }

    private void AddNode(NodeEntry entry, OntologyNode? parent)
    {
        var node = new OntologyNode
        {
            Id = parent is null ? entry.Id : $"{parent.Id}/{entry.Id}",
            Name = entry.Name,
            Level = entry.Level,
            Parent = parent,
            Children = new List<OntologyNode>(entry.Children.Count),
            Path = parent is null ? [entry.Name] : [.. parent.Path, entry.Name],
            Synonyms = [.. entry.Synonyms.Select(synonym => synonym.Name)],
            PlainName = entry.PlainName,
            Flags = entry.Flags.ToHashSet(),
            Codes = entry.Codes.ToDictionary(code => code.Key, code => code.Value.Name, StringComparer.Ordinal),
            DefaultUrgency = entry.Urgency,
            UrgencySource = entry.UrgencySource,
            Concepts = [.. entry.Concepts.Select(link => ToLink(entry, link)).OfType<ConceptLink>()],
            LookAlikes = new List<LookAlike>(),
            Covers = new List<OntologyNode>(),
            UsualSites = [.. entry.Sites.Select(statement => ToStatement(entry, statement))],
            UsualAges = [.. entry.Ages.Select(statement => ToStatement(entry, statement))],
            Sources = [.. entry.Sources.Select(source => source.Name)],
            Reviewed = entry.Reviewed,
            Doubt = entry.Doubt,
        };
        if (_entriesById.TryGetValue(node.Id, out var held))
        {
            faults.Add(new OntologyFault(entry.File, entry.Line, $"The id '{node.Id}' is already used at {held.File}:{held.Line}.", "Give one of the two another id."));
            return;
        }
        _entriesById.Add(node.Id, entry);
        _nodes.Add((entry, node));
        if (parent is not null) ((List<OntologyNode>)parent.Children).Add(node);
        foreach (var child in entry.Children) AddNode(child, node);
    }

    private ConceptLink? ToLink(NodeEntry entry, ConceptEntry link)
    {
        CheckSource(entry.File, link.Line, link.Source, $"The concept '{link.Concept}' of {entry.Described}");
        if (_concepts.TryGetValue(link.Concept, out var concept)) return new ConceptLink(concept.Id, link.Weight, link.Source);
        faults.Add(new OntologyFault(entry.File, link.Line, $"There is no concept '{link.Concept}' ({entry.Described}).", "Correct the name or add the concept to concepts.json."));
        return null;
    }

    private SourcedStatement ToStatement(NodeEntry entry, StatementEntry statement)
    {
        CheckSource(entry.File, statement.Line, statement.Source, $"A statement of {entry.Described}");
        return new SourcedStatement(statement.Text, statement.Source);
    }

    /// <summary>Conditions first, then inner nodes from the bottom up, so that the more specific node owns a shared name.</summary>
    private void AddNames()
    {
        var onlyInCapitals = folder.Labels.OnlyInCapitals.ToHashSet(StringComparer.Ordinal);
        var conditions = _nodes.Where(pair => pair.Node.Level == NodeLevel.Condition).ToList();
        foreach (var (entry, node) in conditions)
        {
            _conditionsByName.TryAdd(node.Name, node);
            AddName(entry, entry.Line, node.Name, node, NameKind.Name);
        }
        foreach (var (entry, node) in conditions)
        {
            foreach (var synonym in entry.Synonyms)
                AddName(entry, synonym.Line, synonym.Name, node, NameKind.Synonym, IsTwoCapitals(synonym.Name) || onlyInCapitals.Contains(synonym.Name));
            if (node.PlainName is { } plain) AddName(entry, entry.Line, plain, node, NameKind.PlainName);
        }
        foreach (var label in folder.Labels.Labels) AddLabel(label);
        foreach (var (entry, node) in _nodes.Where(pair => pair.Node.Level != NodeLevel.Condition).OrderByDescending(pair => pair.Node.Level))
            AddName(entry, entry.Line, node.Name, node, NameKind.Name);
        foreach (var (_, node) in _nodes) _names.AddId(node);
    }

    private void AddName(NodeEntry entry, int line, string name, OntologyNode node, NameKind kind, bool onlyInCapitals = false)
    {
        if (_names.Add(name, node, kind, onlyInCapitals) is not { } other) return;
        faults.Add(new OntologyFault(entry.File, line, $"'{name}' of {entry.Described} already names '{other.Node.Name}' (as '{other.Text}').", "Keep the name with one of the two."));
    }

    private void AddLabel(LabelAt label)
    {
        CheckSource(LabelFile.Name, label.Line, label.Source, $"The label '{label.Label}'");
        if (!_conditionsByName.TryGetValue(label.Condition, out var node))
            faults.Add(new OntologyFault(LabelFile.Name, label.Line, $"There is no condition '{label.Condition}' for the label '{label.Label}'.", "Write a condition's name as its file has it."));
        else if (_names.Add(label.Label, node, NameKind.DatasetLabel) is { } other)
            faults.Add(new OntologyFault(LabelFile.Name, label.Line, $"The label '{label.Label}' already names '{other.Node.Name}'.", "Point it at that condition or take it out."));
    }

    private void Resolve()
    {
        foreach (var (entry, node) in _nodes)
            foreach (var covered in entry.Covers)
                if (Condition(entry.File, covered.Line, covered.Name, $"{entry.Described} covers") is { } condition)
                    ((List<OntologyNode>)node.Covers).Add(condition);
        foreach (var (entry, node) in _nodes)
        {
            if (entry.UrgencySource is not null || entry.Urgency is not null)
                CheckSource(entry.File, entry.UrgencyLine, entry.UrgencySource ?? "", $"The urgency of {entry.Described}");
            foreach (var source in entry.Sources) CheckSource(entry.File, source.Line, source.Name, $"The {entry.Described}");
            if (node.Level == NodeLevel.Condition && entry.Sources.Count == 0)
                faults.Add(new OntologyFault(entry.File, entry.Line, $"The {entry.Described} has no source.", "Add \"sources\" with an id from sources.json."));
        }
        foreach (var pair in folder.LookAlikes) AddLookAlike(pair);
    }

    private void AddLookAlike(LookAlikeEntry pair)
    {
        CheckSource(LookAlikeFile.Name, pair.Line, pair.Source, $"What separates '{pair.First}' from '{pair.Second}'");
        var first = Condition(LookAlikeFile.Name, pair.Line, pair.First, "A pair of look-alikes names");
        var second = Condition(LookAlikeFile.Name, pair.Line, pair.Second, "A pair of look-alikes names");
        if (first is null || second is null) return;
        if (first == second || first.LookAlikes.Any(other => other.ConditionId == second.Id))
        {
            faults.Add(new OntologyFault(LookAlikeFile.Name, pair.Line, $"The pair '{pair.First}' and '{pair.Second}' is written twice or names one condition.", "Keep one pair of two conditions."));
            return;
        }
        ((List<LookAlike>)first.LookAlikes).Add(new LookAlike(second.Id, pair.Difference, pair.Source));
        ((List<LookAlike>)second.LookAlikes).Add(new LookAlike(first.Id, pair.Difference, pair.Source));
    }

    private OntologyNode? Condition(string file, int line, string name, string who)
    {
        if (_conditionsByName.TryGetValue(name, out var node)) return node;
        faults.Add(new OntologyFault(file, line, $"{who} '{name}', which is no condition.", "Write a condition's name as its file has it."));
        return null;
    }

    private void CheckSource(string file, int line, string source, string what)
    {
        if (_sources.Contains(source)) return;
        faults.Add(source.Length == 0
            ? new OntologyFault(file, line, $"{what} has no source.", "Add \"source\" with an id from sources.json.")
            : new OntologyFault(file, line, $"{what} names the source '{source}', which sources.json does not have.", "Correct the id or add the source to sources.json."));
    }

    private static bool IsTwoCapitals(string name) => name.Length == 2 && char.IsAsciiLetterUpper(name[0]) && char.IsAsciiLetterUpper(name[1]);
}
