using System.Diagnostics.CodeAnalysis;
using DermAssistant.Ontology.Files;
using DermAssistant.Ontology.Names;

namespace DermAssistant.Ontology;

/// <summary>The four-level graph of conditions with concepts and triage rules.</summary>
/// <remarks>Immutable after loading and safe for concurrent use. Queries answer from dictionaries built once, at the first query of a kind.</remarks>
public sealed class OntologyGraph
{
    private readonly ContentVersion _version;
    private readonly Dictionary<string, Source> _sources;
    private readonly NameIndex _names;
    private readonly Lazy<ConceptIndex> _conceptIndex;

    // Indexes over the names are built at the first question that needs them: most processes ask few kinds.
    private readonly Lazy<LabelMapper> _labels;
    private readonly Lazy<MentionFinder> _mentions;
    private readonly Lazy<NameSearch> _search;
    private readonly Lazy<ConceptRanking> _ranking;
    private readonly Lazy<ReportedSigns> _reportedSigns;

    internal OntologyGraph(ContentVersion version, List<OntologyNode> nodes, IReadOnlyList<Concept> concepts, Dictionary<string, Source> sources, NameIndex names, IEnumerable<string> unplaced, IEnumerable<string> otherWords, TriageRules triage, SkinToneFacts skinTone)
    {
        _version = version;
        Nodes = nodes;
        Conditions = nodes.FindAll(node => node.Level == NodeLevel.Condition);
        Concepts = concepts;
        Triage = triage;
        SkinTone = skinTone;
        _sources = sources;
        _names = names;
        _conceptIndex = new(() => new ConceptIndex(concepts));
        _labels = new(() => new LabelMapper(names, unplaced, otherWords));
        _mentions = new(() => new MentionFinder(names, _conceptIndex.Value));
        _search = new(() => new NameSearch(names));
        _ranking = new(() => new ConceptRanking(Conditions, concepts));
        _reportedSigns = new(() => new ReportedSigns(triage, _mentions.Value));
    }

    /// <summary>Loads <c>ontology/</c>.</summary>
    /// <exception cref="OntologyException">A file is missing or malformed; the message names file, line and remedy.</exception>
    public static OntologyGraph Load(string directory)
    {
        var faults = new List<OntologyFault>();
        var folder = OntologyFolder.Read(directory, faults);
        var graph = folder is null || faults.Count > 0 ? null : new GraphBuilder(folder, faults).Build();
        if (graph is not null && faults.Count == 0) return graph;
        var first = faults[0];
        var others = faults.Count == 1 ? "" : $" ({faults.Count - 1} more; 'derm ontology check' lists all)";
        throw new OntologyException($"{first.File}:{first.Line}: {first.Message}{others}", first.Remedy) { Fault = first };
    }

    /// <summary>The declared version and a hash of the files' content.</summary>
    public string Version => _version.ToString();

    /// <summary>All nodes, parents before children.</summary>
    public IReadOnlyList<OntologyNode> Nodes { get; }

    public IReadOnlyList<OntologyNode> Conditions { get; }

    public IReadOnlyList<Concept> Concepts { get; }

    /// <summary>The triage rules, signs and emergencies.</summary>
    public TriageRules Triage { get; }

    /// <summary>Recognises the signs of the triage rules in a person's words.</summary>
    public ReportedSigns ReportedSigns => _reportedSigns.Value;

    /// <summary>What differs with the colour of the skin.</summary>
    public SkinToneFacts SkinTone { get; }

    public IReadOnlyCollection<Source> Sources => _sources.Values;

    /// <summary>The source with this id, or null.</summary>
    public Source? FindSource(string id) => _sources.GetValueOrDefault(id);

    /// <summary>The node with this id, name or synonym (case and punctuation do not matter), or null.</summary>
    /// <remarks>Where an inner node is called like a condition below it, the name finds the condition.</remarks>
    public OntologyNode? Find(string nameOrId) => _names.Find(nameOrId);

    public Concept? FindConcept(string nameOrId) => _conceptIndex.Value.Find(nameOrId);

    /// <summary>The nodes nearest to a text: prefix, synonym, plain-language name, misspelling.</summary>
    /// <remarks>Where these leave room: the conditions of a group that is called so, and those a concept that is called so speaks for.</remarks>
    public IReadOnlyList<OntologyNode> Search(string text, int top = 10)
    {
        var found = _search.Value.Search(text, top);
        if (found.Count >= top || text.Length > NameKey.LongestName) return found;
        IEnumerable<OntologyNode> more = [];
        if (found is [{ Level: < NodeLevel.Condition } group, ..] && Find(text) == group) more = Conditions.Where(condition => condition.IsWithin(group));
        if (FindConcept(text) is { } concept) more = [.. more, .. RankConditions([concept.Id], top).Where(ranked => ranked.For.Count > 0).Select(ranked => ranked.Condition)];
        return [.. found.Concat(more).Distinct().Take(top)];
    }

    /// <summary>The nodes that have a name with every word of a text ("birthmark": strawberry birthmark, port wine birthmark), shortest names first.</summary>
    public IReadOnlyList<NameMatch> NamesHolding(string text, int top = 10) => _search.Value.Holding(text, top);

    /// <summary>The other nodes under the same parent; for a category, the other categories.</summary>
    public IReadOnlyList<OntologyNode> Siblings(OntologyNode node)
    {
        var family = node.Parent?.Children ?? [.. Nodes.Where(other => other.Level == NodeLevel.Category)];
        return [.. family.Where(other => other != node)];
    }

    /// <summary>The deepest node both lie under, or null when they share none.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "A question to the graph, asked like the others.")]
    public OntologyNode? CommonAncestor(OntologyNode first, OntologyNode second)
    {
        var (a, b) = (first, second);
        while (a.Level > b.Level) a = a.Parent!;
        while (b.Level > a.Level) b = b.Parent!;
        while (a != b)
        {
            if (a.Parent is null) return null;
            (a, b) = (a.Parent, b.Parent!);
        }
        return a;
    }

    /// <summary>Steps from one node to the other through the tree (through an implied root where they share no category).</summary>
    public int Distance(OntologyNode first, OntologyNode second)
    {
        var shared = CommonAncestor(first, second) is { } ancestor ? (int)ancestor.Level : 0;
        return (int)first.Level + (int)second.Level - 2 * shared;
    }

    public ConditionComparison Compare(OntologyNode first, OntologyNode second)
    {
        var ofFirst = SpeaksFor(first);
        var ofSecond = SpeaksFor(second);
        return new ConditionComparison(
            first,
            second,
            CommonAncestor(first, second),
            [.. ofFirst.Where(link => !Holds(ofSecond, link))],
            [.. ofSecond.Where(link => !Holds(ofFirst, link))],
            [.. ofFirst.Where(link => Holds(ofSecond, link))],
            first.LookAlikes.FirstOrDefault(other => other.ConditionId == second.Id));

        static List<ConceptLink> SpeaksFor(OntologyNode node) => [.. node.Concepts.Where(link => link.Weight != ConceptWeight.Against)];

        static bool Holds(List<ConceptLink> links, ConceptLink link) => links.Exists(other => other.ConceptId == link.ConceptId);
    }

    /// <summary>Places an outside label; one that cannot be placed is said to be unplaced, never guessed.</summary>
    /// <remarks>Of several labels joined in one string it places the first, provided that all can be placed; <see cref="MapAll"/> gives them all.</remarks>
    public LabelMapping Map(string label) => _labels.Value.Map(label);

    /// <summary>Places every label of a string that joins several by commas, semicolons, bars or slashes, although names may hold commas too (longest match first).</summary>
    /// <returns>One entry per distinct node and per part that cannot be placed; never empty.</returns>
    public IReadOnlyList<LabelMapping> MapAll(string label) => _labels.Value.MapAll(label);

    /// <summary>Whether a text can be a misspelling of a name a few letters away: a number, a word of another name or another ending (keratitis, keratosis) is none.</summary>
    public bool CanBeMisspelling(string text, string name) => _labels.Value.CanBeSlip(text, name);

    /// <summary>The nodes named in a text, longest names first, not overlapping, in order of appearance.</summary>
    /// <remarks>Abbreviations that are also common words count only in capitals; dataset labels are not looked for.</remarks>
    public IReadOnlyList<Mention> FindMentions(string text) => _mentions.Value.FindNodes(text);

    /// <summary>The concepts named in a text, longest names first, not overlapping, in order of appearance.</summary>
    public IReadOnlyList<ConceptMention> FindConceptMentions(string text) => _mentions.Value.FindConcepts(text);

    /// <summary>The conditions that fit a set of observed concepts, best first, with the concepts for and against each.</summary>
    /// <param name="conceptIds">Ids of concepts, each counted as the one it counts as; unknown ids count as observed and unexplained.</param>
    public IReadOnlyList<RankedCondition> RankConditions(IReadOnlyCollection<string> conceptIds, int top = 10) => _ranking.Value.Rank(conceptIds, top);
}
