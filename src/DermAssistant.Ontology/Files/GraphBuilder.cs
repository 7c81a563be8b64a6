using DermAssistant.Ontology.Names;

namespace DermAssistant.Ontology.Files;

/// <summary>A node and the entry it was made of.</summary>
internal sealed record BuiltNode(NodeEntry Entry, OntologyNode Node);

/// <summary>Makes nodes of entries: ids from the path, references by name resolved, faults noted.</summary>
internal sealed class GraphBuilder(OntologyFolder folder, List<OntologyFault> faults)
{
    private readonly NameIndex _names = new();
    private readonly References _references = new(faults);
    private readonly List<BuiltNode> _nodes = [];

    /// <summary>Every node with the entry it was made of, parents before children.</summary>
    public IReadOnlyList<BuiltNode> Nodes => _nodes;

    /// <returns>Null where the triage or skin tone file could not be read to its end; then the faults say why.</returns>
    public OntologyGraph? Build()
    {
        var sources = new Dictionary<string, Source>(StringComparer.Ordinal);
        foreach (var (source, line) in folder.Sources)
            if (_references.AddSource(source.Id)) sources.Add(source.Id, source);
            else faults.Add(new OntologyFault(SourceFile.Name, line, $"The source '{source.Id}' is written twice.", "Keep one, or give the other an id of its own."));
        AddConcepts();
        var concepts = ResolveConcepts();
        foreach (var category in folder.Categories) AddNode(category, null);
        AddNames();
        Resolve();
        TriageRules triage;
        SkinToneFacts skinTone;
        try
        {
            triage = new TriageFile(_references).Read(folder.TriageJson, faults);
            skinTone = new SkinToneFile(_references).Read(folder.SkinToneJson, faults);
        }
        catch (OntologyException refusal) when (refusal.Fault is { } fault)
        {
            faults.Add(fault);
            return null;
        }
        return new OntologyGraph(
            folder.Version,
            _nodes.ConvertAll(pair => pair.Node),
            concepts,
            sources,
            _names,
            folder.Labels.Unplaced,
            folder.Labels.OtherWords,
            triage,
            skinTone);
    }

    private void AddConcepts()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (concept, line, _) in folder.Concepts)
        {
            if (!_references.AddConcept(concept))
                faults.Add(new OntologyFault(ConceptFile.Name, line, $"The concept '{concept.Name}' is written twice.", "Keep one of the two."));
            if (!ids.Add(concept.Id))
                faults.Add(new OntologyFault(ConceptFile.Name, line, $"The concept id '{concept.Id}' is used twice.", "Give one of the two another id."));
            if (!_references.HasSource(concept.Source)) _references.NoSource(ConceptFile.Name, line, concept.Source, $"The definition of '{concept.Name}'");
            foreach (var vocabulary in concept.Vocabularies)
                if (!_references.HasSource(vocabulary)) _references.NoSource(ConceptFile.Name, line, vocabulary, $"The concept '{concept.Name}'");
        }
    }

    /// <summary>The concepts with the ids of those they count as.</summary>
    private List<Concept> ResolveConcepts()
    {
        var resolved = new List<Concept>(folder.Concepts.Count);
        foreach (var (concept, line, countsAs) in folder.Concepts)
        {
            var other = countsAs is null ? null : _references.FindConcept(countsAs) ?? _references.NoConcept(ConceptFile.Name, line, countsAs, $"The concept '{concept.Name}'");
            if (other is not null && folder.Concepts.Exists(pair => pair.Concept.Id == other.Id && pair.CountsAs is not null))
                faults.Add(new OntologyFault(ConceptFile.Name, line, $"The concept '{concept.Name}' counts as '{other.Name}', which counts as another itself.", "Name the last of them."));
            resolved.Add(other is null ? concept : concept with { CountsAs = other.Id });
        }
        return resolved;
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
            Synonyms = Names(entry.Synonyms),
            PlainName = entry.PlainName,
            Flags = entry.Flags,
            Codes = Codes(entry.Codes),
            DefaultUrgency = entry.Urgency,
            UrgencySource = entry.UrgencySource,
            Concepts = Links(entry),
            LookAlikes = new List<LookAlike>(),
            Covers = new List<OntologyNode>(),
            UsualSites = Statements(entry, entry.Sites),
            UsualAges = Statements(entry, entry.Ages),
            Sources = Names(entry.Sources),
            Reviewed = entry.Reviewed,
            Doubt = entry.Doubt,
        };
        if (!_references.AddNode(node))
        {
            var held = _nodes.First(pair => pair.Node.Id == node.Id).Entry;
            faults.Add(new OntologyFault(entry.File, entry.Line, $"The id '{node.Id}' is already used at {held.File}:{held.Line}.", "Give one of the two another id."));
            return;
        }
        _nodes.Add(new BuiltNode(entry, node));
        if (parent is not null) ((List<OntologyNode>)parent.Children).Add(node);
        foreach (var child in entry.Children) AddNode(child, node);
    }

    // Loops instead of queries: this runs for every node in every process, and most lists are empty.

    private static string[] Names(IReadOnlyList<NameAt> written)
    {
        if (written.Count == 0) return [];
        var names = new string[written.Count];
        for (var i = 0; i < names.Length; i++) names[i] = written[i].Name;
        return names;
    }

    private static Dictionary<string, string> Codes(Dictionary<string, NameAt> written)
    {
        var codes = new Dictionary<string, string>(written.Count, StringComparer.Ordinal);
        foreach (var (system, code) in written) codes[system] = code.Name;
        return codes;
    }

    private List<ConceptLink> Links(NodeEntry entry)
    {
        var links = new List<ConceptLink>(entry.Concepts.Count);
        foreach (var written in entry.Concepts)
            if (ToLink(entry, written) is { } link) links.Add(link);
        return links;
    }

    private SourcedStatement[] Statements(NodeEntry entry, IReadOnlyList<StatementEntry> written)
    {
        if (written.Count == 0) return [];
        var statements = new SourcedStatement[written.Count];
        for (var i = 0; i < statements.Length; i++) statements[i] = ToStatement(entry, written[i]);
        return statements;
    }

    private ConceptLink? ToLink(NodeEntry entry, ConceptEntry link)
    {
        if (!_references.HasSource(link.Source)) _references.NoSource(entry.File, link.Line, link.Source, $"The concept '{link.Concept}' of {entry.Described}");
        var concept = _references.FindConcept(link.Concept) ?? _references.NoConcept(entry.File, link.Line, link.Concept, $"The {entry.Described}");
        return concept is null ? null : new ConceptLink(concept.Id, link.Weight, link.Source);
    }

    private SourcedStatement ToStatement(NodeEntry entry, StatementEntry statement)
    {
        if (!_references.HasSource(statement.Source)) _references.NoSource(entry.File, statement.Line, statement.Source, $"A statement of {entry.Described}");
        return new SourcedStatement(statement.Text, statement.Source);
    }

    /// <summary>Conditions first, then inner nodes from the bottom up, so that the more specific node owns a shared name.</summary>
    private void AddNames()
    {
        var names = folder.Labels.Labels.Count;
        foreach (var (entry, _) in _nodes) names += 2 + entry.Synonyms.Count;
        _names.Expect(names);
        var onlyInCapitals = new HashSet<string>(folder.Labels.OnlyInCapitals, StringComparer.Ordinal);
        var conditions = _nodes.FindAll(pair => pair.Node.Level == NodeLevel.Condition);
        foreach (var (entry, node) in conditions)
            AddName(entry, entry.Line, node.Name, node, NameKind.Name);
        foreach (var (entry, node) in conditions)
        {
            foreach (var synonym in entry.Synonyms)
                AddName(entry, synonym.Line, synonym.Name, node, NameKind.Synonym, IsTwoCapitals(synonym.Name) || onlyInCapitals.Contains(synonym.Name));
            if (node.PlainName is { } plain) AddName(entry, entry.Line, plain, node, NameKind.PlainName);
        }
        foreach (var label in folder.Labels.Labels) AddLabel(label);
        for (var level = NodeLevel.Subgroup; level >= NodeLevel.Category; level--)
            foreach (var (entry, node) in _nodes)
                if (node.Level == level) AddNamesOfGroup(entry, node);
        foreach (var (_, node) in _nodes) _names.AddId(node);
    }

    /// <summary>A group may be called like a condition in it, but no other name of it may hide behind a condition's.</summary>
    private void AddNamesOfGroup(NodeEntry entry, OntologyNode node)
    {
        AddName(entry, entry.Line, node.Name, node, NameKind.Name);
        foreach (var synonym in entry.Synonyms)
            if (_names.ByKey(NameKey.Of(synonym.Name)) is { } other && other.Node != node)
                faults.Add(new OntologyFault(entry.File, synonym.Line, $"'{synonym.Name}' of {entry.Described} already names {Place(other)}.", "Keep the name with one of the two."));
            else
                AddName(entry, synonym.Line, synonym.Name, node, NameKind.Synonym);
    }

    private void AddName(NodeEntry entry, int line, string name, OntologyNode node, NameKind kind, bool onlyInCapitals = false)
    {
        if (_names.Add(name, node, kind, onlyInCapitals) is not { } other) return;
        faults.Add(new OntologyFault(entry.File, line, $"'{name}' of {entry.Described} already names {Place(other)}.", "Keep the name with one of the two."));
    }

    /// <summary>The holder of a name and where it stands: which of the two places is wrong, only the reader can tell.</summary>
    private string Place(NameEntry other)
    {
        var entry = _nodes.First(pair => pair.Node == other.Node).Entry;
        var line = entry.Line;
        foreach (var synonym in entry.Synonyms)
            if (synonym.Name == other.Text) line = synonym.Line;
        return $"'{other.Node.Name}' (as '{other.Text}', {entry.File}:{line})";
    }

    private void AddLabel(LabelAt label)
    {
        if (!_references.HasSource(label.Source)) _references.NoSource(LabelFile.Name, label.Line, label.Source, $"The label '{label.Label}'");
        var node = _references.FindCondition(label.Condition) ?? _references.NoCondition(LabelFile.Name, label.Line, label.Condition, $"The label '{label.Label}'");
        if (node is null) return;
        if (_names.Add(label.Label, node, NameKind.DatasetLabel) is { } other)
            faults.Add(new OntologyFault(LabelFile.Name, label.Line, $"The label '{label.Label}' already names {Place(other)}.", "Point it at that condition or take it out."));
    }

    private void Resolve()
    {
        foreach (var (entry, node) in _nodes)
            foreach (var covered in entry.Covers)
            {
                var condition = _references.FindCondition(covered.Name) ?? _references.NoCondition(entry.File, covered.Line, covered.Name, $"The cover of {entry.Described}");
                if (condition is not null) ((List<OntologyNode>)node.Covers).Add(condition);
            }
        foreach (var (entry, node) in _nodes)
        {
            if (entry.Urgency is not null && !_references.HasSource(entry.UrgencySource ?? ""))
                _references.NoSource(entry.File, entry.UrgencyLine, entry.UrgencySource ?? "", $"The urgency of {entry.Described}");
            foreach (var source in entry.Sources)
                if (!_references.HasSource(source.Name)) _references.NoSource(entry.File, source.Line, source.Name, $"The {entry.Described}");
            if ((node.Level == NodeLevel.Condition || entry.Synonyms.Count > 0) && entry.Sources.Count == 0)
                faults.Add(new OntologyFault(entry.File, entry.Line, $"The {entry.Described} has no source.", "Add \"sources\" with an id from sources.json."));
        }
        foreach (var pair in folder.LookAlikes) AddLookAlike(pair);
    }

    private void AddLookAlike(LookAlikeEntry pair)
    {
        foreach (var part in pair.Differences)
            if (!_references.HasSource(part.Source)) _references.NoSource(LookAlikeFile.Name, part.Line, part.Source, $"What separates '{pair.First}' from '{pair.Second}'");
        var first = _references.FindCondition(pair.First) ?? _references.NoCondition(LookAlikeFile.Name, pair.Line, pair.First, "A pair of look-alikes");
        var second = _references.FindCondition(pair.Second) ?? _references.NoCondition(LookAlikeFile.Name, pair.Line, pair.Second, "A pair of look-alikes");
        if (first is null || second is null) return;
        if (first == second || first.LookAlikes.Any(other => other.ConditionId == second.Id))
        {
            faults.Add(new OntologyFault(LookAlikeFile.Name, pair.Line, $"The pair '{pair.First}' and '{pair.Second}' is written twice or names one condition.", "Keep one pair of two conditions."));
            return;
        }
        List<SourcedStatement> said = [];
        var difference = pair.Differences[0].Text;
        foreach (var statement in pair.Differences)
        {
            if (said.Count > 0) difference += " " + statement.Text;
            said.Add(new SourcedStatement(statement.Text, statement.Source));
        }
        ((List<LookAlike>)first.LookAlikes).Add(new LookAlike(second.Id, difference, said[0].Source) { Statements = said, Doubt = pair.Doubt });
        ((List<LookAlike>)second.LookAlikes).Add(new LookAlike(first.Id, difference, said[0].Source) { Statements = said, Doubt = pair.Doubt });
    }

    private static bool IsTwoCapitals(string name) => name.Length == 2 && char.IsAsciiLetterUpper(name[0]) && char.IsAsciiLetterUpper(name[1]);
}
