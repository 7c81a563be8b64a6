using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DermAssistant.Diagnosis;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>A number a piece of evidence establishes.</summary>
/// <param name="Subjects">Ids of the nodes the number is about (a label may go by two nodes' names); empty where it is about none in particular.</param>
internal sealed record EstablishedNumber(double Value, IReadOnlyList<string> Subjects, bool Percent)
{
    public bool IsAbout(string node) => Subjects.Contains(node);
}

/// <summary>What one piece of evidence can support: the nodes, concepts, numbers, cases, urgency and words in it.</summary>
internal sealed partial class EvidenceFacts
{
    // Text from outside the product: it can be quoted, but names and percentages in it establish nothing.
    private static readonly HashSet<string> Quoted = new(StringComparer.Ordinal) { "caption", "source", "sources", "url", "licence", "file", "sha256" };

    private static readonly string[] GateFields = ["warnings", "reasons", "outsideKnowledge", "absent"];

    private readonly OntologyGraph _ontology;
    private readonly List<EstablishedNumber> _numbers = [];

    public EvidenceFacts(Evidence evidence, OntologyGraph ontology)
    {
        Evidence = evidence;
        _ontology = ontology;
        // Only the evidence's own subject is known for the numbers in its sentence when the data name one.
        var subjects = SubjectsOf(evidence.Data);
        Text(evidence.Text, subjects);
        Walk(evidence.Data, [], null);
    }

    public Evidence Evidence { get; }

    /// <summary>Ids of the nodes it names.</summary>
    public HashSet<string> Nodes { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids of the concepts it names.</summary>
    public HashSet<string> Concepts { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of cases and files in it, as written.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lower-case words in it.</summary>
    public HashSet<string> Words { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<EstablishedNumber> Numbers => _numbers;

    /// <summary>The urgency it establishes, or null.</summary>
    public Urgency? Urgency { get; private set; }

    /// <summary>Whether it comes from a photo.</summary>
    public bool FromPhoto => Evidence.Kind is not (EvidenceKind.Ontology or EvidenceKind.Triage);

    /// <summary>The number of the photo it is about, or null where it is about none in particular.</summary>
    public int? Photo => Evidence.Data["photo"] is JsonValue value && value.TryGetValue<int>(out var number) && number > 0 ? number : null;

    /// <summary>What the gate and the check of what the model knows said of a photo, and that one is not there: the product's own sentences.</summary>
    public IEnumerable<string> GateSentences => Evidence.Kind is not EvidenceKind.Photo ? [] : GateFields
        .SelectMany(name => Evidence.Data[name] switch { JsonArray items => items.Select(item => (string?)item), JsonValue value => [(string?)value], _ => [] })
        .OfType<string>();

    /// <summary>Its data's string field, or null.</summary>
    public string? Field(string name) => StringIn(Evidence.Data, name);

    /// <summary>The lower-case words of a text, at least four letters long.</summary>
    public static IEnumerable<string> WordsOf(string text) => Word().Matches(text).Select(m => m.Value.ToLowerInvariant());

    private void Walk(JsonNode? node, IReadOnlyList<string> subjects, string? field)
    {
        switch (node)
        {
            case JsonObject data:
                var own = SubjectsOf(data) is { Count: > 0 } found ? found : subjects;
                foreach (var (name, value) in data)
                    if (name != "photo") Walk(value, own, name);
                break;
            case JsonArray items:
                _numbers.Add(new(items.Count, [], false));
                foreach (var item in items) Walk(item, subjects, field);
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.Number:
                _numbers.Add(new(Number(value), subjects, false));
                break;
            case JsonValue value when value.TryGetValue<string>(out var text):
                if (field is not null && Quoted.Contains(field)) Quote(text);
                else Value(text, field);
                break;
        }
    }

    private void Value(string text, string? field)
    {
        if (field == "urgency" && Enum.TryParse<Urgency>(text, ignoreCase: true, out var urgency)) Urgency = urgency;
        if (field is "case") Names.Add(text);
        if (_ontology.Find(text) is { } node) Nodes.Add(node.Id);
        if (_ontology.FindConcept(text) is { } concept) Concepts.Add(concept.Id);
        Text(text, []);
    }

    private void Text(string text, IReadOnlyList<string> subjects)
    {
        var mentions = _ontology.FindMentions(text);
        foreach (var mention in mentions) Nodes.Add(mention.Node.Id);
        foreach (var mention in _ontology.FindConceptMentions(text)) Concepts.Add(mention.Concept.Id);
        foreach (var number in StatedNumber.In(text))
            if (number.Bound is Bound.Exact)
                _numbers.Add(new(number.Value, Binding.SubjectOf(number, text, mentions) is { } node ? [node.Id] : subjects, number.Percent));
        Words.UnionWith(WordsOf(text));
    }

    private void Quote(string text)
    {
        Names.Add(text);
        Words.UnionWith(WordsOf(text));
        foreach (var number in StatedNumber.In(text))
            if (!number.Percent) _numbers.Add(new(number.Value, [], false));
    }

    private IReadOnlyList<string> SubjectsOf(JsonObject data)
    {
        foreach (var name in (ReadOnlySpan<string>)["id", "conditionId", "diagnosisId", "nodeId"])
            if (StringIn(data, name) is { } id && _ontology.Find(id) is { } found)
                return [found.Id, .. _ontology.FindMentions(StringIn(data, "name") ?? "").Select(mention => mention.Node.Id)];
        return [];
    }

    private static string? StringIn(JsonObject data, string name) =>
        data.TryGetPropertyValue(name, out var node) && node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static double Number(JsonValue value) =>
        value.TryGetValue<double>(out var number) ? number
        : value.TryGetValue<int>(out var whole) ? whole
        : value.TryGetValue<long>(out var large) ? large
        : value.TryGetValue<float>(out var single) ? single
        : double.NaN;

    [GeneratedRegex(@"\p{L}{4,}", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
