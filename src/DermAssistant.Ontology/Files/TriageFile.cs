namespace DermAssistant.Ontology.Files;

/// <summary>Reads <c>triage.json</c> and resolves what it names.</summary>
internal sealed class TriageFile(References references)
{
    public const string Name = "triage.json";

    private readonly List<(NameAt Sign, string Who)> _signsNamed = [];
    private readonly List<(NameAt Emergency, string Who)> _emergenciesNamed = [];
    private readonly HashSet<string> _signIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ruleIds = new(StringComparer.Ordinal);

    private List<UrgencyMeaning> _urgencies = [];
    private List<ThresholdRule> _malignancy = [];
    private List<ThresholdRule> _conditions = [];
    private TriageRule? _otherwise;
    private PhotoEvidenceLimits? _photoEvidence;
    private string _reported = "";
    private readonly Dictionary<string, string> _notes = new(StringComparer.Ordinal);
    private List<TriageChecklist> _checklists = [];
    private List<TriageRule> _rules = [];
    private List<EmergencyFacts> _emergencies = [];
    private List<string> _questions = [];
    private SignVocabulary? _reading;
    private List<Sign> _signs = [];

    public TriageRules Read(ReadOnlySpan<byte> json, List<OntologyFault> faults)
    {
        var cursor = new JsonCursor(Name, json, faults);
        cursor.EnterObject("the file");
        while (cursor.NextField(out var field)) ReadField(ref cursor, field);
        cursor.End();
        CheckNamed();
        return new TriageRules
        {
            Urgencies = _urgencies,
            Malignancy = _malignancy,
            Conditions = _conditions,
            Otherwise = _otherwise ?? throw cursor.Missing("otherwise", "The file", 1),
            PhotoEvidence = _photoEvidence ?? throw cursor.Missing("photoEvidence", "The file", 1),
            Reported = _reported.Length > 0 ? _reported : throw cursor.Missing("reported", "The file", 1),
            Notes = _notes,
            Checklists = _checklists,
            Rules = _rules,
            Emergencies = _emergencies,
            GeneralQuestions = _questions,
            Reading = _reading ?? throw cursor.Missing("reading", "The file", 1),
            Signs = _signs,
        };
    }

    private void ReadField(ref JsonCursor cursor, string field)
    {
        switch (field)
        {
            case "$schema": break;
            case "urgencies": _urgencies = List(ref cursor, field, ReadUrgency); break;
            case "malignancy": _malignancy = List(ref cursor, field, ReadThreshold); break;
            case "conditions": _conditions = List(ref cursor, field, ReadThreshold); break;
            case "otherwise": _otherwise = ReadRule(ref cursor); break;
            case "photoEvidence": _photoEvidence = ReadLimits(ref cursor); break;
            case "reported": _reported = cursor.Text(field); break;
            case "notes": ReadNotes(ref cursor); break;
            case "checklists": _checklists = List(ref cursor, field, ReadChecklist); break;
            case "rules": _rules = List(ref cursor, field, ReadRule); break;
            case "emergencies": _emergencies = List(ref cursor, field, ReadEmergency); break;
            case "questions": _questions = Signs(ref cursor, field, "The list of questions"); break;
            case "reading": _reading = ReadVocabulary(ref cursor); break;
            case "signs": _signs = List(ref cursor, field, ReadSign); break;
            default:
                cursor.Unknown(field, "the file", "$schema", "urgencies", "malignancy", "conditions", "otherwise", "photoEvidence", "reported", "notes", "checklists", "rules", "emergencies", "questions", "reading", "signs");
                break;
        }
    }

    /// <summary>Signs and emergencies stand further down the file than the rules that name them.</summary>
    private void CheckNamed()
    {
        foreach (var (sign, who) in _signsNamed)
            if (!_signIds.Contains(sign.Name))
                references.Fault(Name, sign.Line, $"{who} names the sign '{sign.Name}', which is not among the signs.", "Correct the id or add the sign.");
        foreach (var (emergency, who) in _emergenciesNamed)
            if (!_emergencies.Exists(known => known.Id == emergency.Name))
                references.Fault(Name, emergency.Line, $"{who} names the emergency '{emergency.Name}', which is not among the emergencies.", "Correct the id or add the emergency.");
    }

    private static UrgencyMeaning ReadUrgency(ref JsonCursor cursor)
    {
        cursor.EnterObject("an urgency");
        var line = cursor.Line;
        Urgency? urgency = null;
        var means = "";
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "urgency": urgency = cursor.Word<Urgency>(field); break;
                case "means": means = cursor.Text(field); break;
                case "draft": cursor.Text(field); break;
                default: cursor.Unknown(field, "an urgency", "urgency", "draft", "means"); break;
            }
        return new UrgencyMeaning(urgency ?? throw cursor.Missing("urgency", "An urgency", line), means);
    }

    private ThresholdRule ReadThreshold(ref JsonCursor cursor)
    {
        cursor.EnterObject("a rule");
        var line = cursor.Line;
        string id = "", text = "", source = "";
        Urgency? urgency = null;
        double? atLeast = null;
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "id": id = cursor.Text(field); break;
                case "urgency": urgency = cursor.Word<Urgency>(field); break;
                case "atLeast": atLeast = Share(ref cursor, field); break;
                case "text": text = cursor.Text(field); break;
                case "source": source = cursor.Text(field); break;
                default: cursor.Unknown(field, "a rule", "id", "urgency", "atLeast", "text", "source"); break;
            }
        CheckRule(ref cursor, id, text, source, line);
        return new ThresholdRule(id, urgency ?? throw cursor.Missing("urgency", $"Rule '{id}'", line), atLeast ?? throw cursor.Missing("atLeast", $"Rule '{id}'", line), text, source);
    }

    private TriageRule ReadRule(ref JsonCursor cursor)
    {
        cursor.EnterObject("a rule");
        var line = cursor.Line;
        string id = "", text = "", source = "";
        string? emergency = null;
        Urgency? urgency = null;
        List<TriageRequirement> requires = [];
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "id": id = cursor.Text(field); break;
                case "urgency": urgency = cursor.Word<Urgency>(field); break;
                case "text": text = cursor.Text(field); break;
                case "source": source = cursor.Text(field); break;
                case "requires": requires = List(ref cursor, field, (ref JsonCursor at) => ReadRequirement(ref at, $"Rule '{id}'")); break;
                case "emergency":
                    emergency = cursor.Text(field);
                    _emergenciesNamed.Add((new NameAt(emergency, cursor.Line), $"Rule '{id}'"));
                    break;
                default: cursor.Unknown(field, "a rule", "id", "urgency", "text", "source", "requires", "emergency"); break;
            }
        CheckRule(ref cursor, id, text, source, line);
        return new TriageRule(id, urgency ?? throw cursor.Missing("urgency", $"Rule '{id}'", line), text, source, requires, emergency);
    }

    private TriageRequirement ReadRequirement(ref JsonCursor cursor, string who)
    {
        cursor.EnterObject("a requirement");
        var parts = new RequirementParts();
        while (cursor.NextField(out var field))
            if (!ReadRequirementField(ref cursor, field, who, parts))
                cursor.Unknown(field, "a requirement", "signs", "concepts", "conditions");
        return parts.ToRequirement();
    }

    private bool ReadRequirementField(ref JsonCursor cursor, string field, string who, RequirementParts parts)
    {
        switch (field)
        {
            case "signs":
                parts.Signs = Signs(ref cursor, field, who);
                return true;
            case "concepts":
                cursor.EnterArray(field);
                while (cursor.NextElement())
                    if (references.Concept(Name, cursor.Line, cursor.Text(field), who) is { } concept) parts.Concepts.Add(concept.Id);
                return true;
            case "conditions":
                parts.Conditions = Conditions(ref cursor, field, who);
                return true;
            default:
                return false;
        }
    }

    private TriageChecklist ReadChecklist(ref JsonCursor cursor)
    {
        cursor.EnterObject("a checklist");
        var line = cursor.Line;
        string id = "", name = "", text = "", source = "";
        string? caution = null;
        ConceptModality? photo = null;
        Urgency? urgency = null;
        var threshold = 0;
        ChecklistScope? scope = null;
        List<ChecklistItem> items = [];
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "id": id = cursor.Text(field); break;
                case "name": name = cursor.Text(field); break;
                case "photo": photo = cursor.Word<ConceptModality>(field); break;
                case "urgency": urgency = cursor.Word<Urgency>(field); break;
                case "threshold": threshold = (int)cursor.Number(field); break;
                case "text": text = cursor.Text(field); break;
                case "source": source = cursor.Text(field); break;
                case "caution": caution = cursor.Text(field); break;
                case "appliesTo": scope = ReadScope(ref cursor, $"Checklist '{id}'"); break;
                case "items": items = List(ref cursor, field, (ref JsonCursor at) => ReadItem(ref at, $"Checklist '{id}'")); break;
                default: cursor.Unknown(field, "a checklist", "id", "name", "photo", "urgency", "threshold", "text", "source", "caution", "appliesTo", "items"); break;
            }
        CheckRule(ref cursor, id, text, source, line);
        if (threshold < 1 || threshold > items.Sum(item => item.Points))
            references.Fault(Name, line, $"Checklist '{id}' has the threshold {threshold}, which its items cannot reach or always reach.", "Write a threshold between 1 and the sum of the points.");
        return new TriageChecklist(
            id,
            name,
            photo ?? throw cursor.Missing("photo", $"Checklist '{id}'", line),
            urgency ?? throw cursor.Missing("urgency", $"Checklist '{id}'", line),
            threshold,
            text,
            source,
            caution,
            scope ?? throw cursor.Missing("appliesTo", $"Checklist '{id}'", line),
            items);
    }

    private ChecklistScope ReadScope(ref JsonCursor cursor, string who)
    {
        cursor.EnterObject("appliesTo");
        List<string> signs = [];
        List<OntologyNode> within = [];
        var atLeast = 1.0;
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "signs": signs = Signs(ref cursor, field, who); break;
                case "within":
                    cursor.EnterArray(field);
                    while (cursor.NextElement())
                        if (references.Node(Name, cursor.Line, cursor.Text(field), who) is { } node) within.Add(node);
                    break;
                case "atLeast": atLeast = Share(ref cursor, field); break;
                default: cursor.Unknown(field, "appliesTo", "signs", "within", "atLeast"); break;
            }
        return new ChecklistScope(signs, within, atLeast);
    }

    private ChecklistItem ReadItem(ref JsonCursor cursor, string who)
    {
        cursor.EnterObject("an item");
        var line = cursor.Line;
        string id = "", text = "";
        var points = 0;
        var parts = new RequirementParts();
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "id": id = cursor.Text(field); break;
                case "text": text = cursor.Text(field); break;
                case "points": points = (int)cursor.Number(field); break;
                default:
                    if (!ReadRequirementField(ref cursor, field, who, parts))
                        cursor.Unknown(field, "an item", "id", "text", "points", "signs", "concepts", "conditions");
                    break;
            }
        if (id.Length == 0) throw cursor.Missing("id", "An item", line);
        if (points < 1) references.Fault(Name, line, $"Item '{id}' of {who} scores no point.", "Write \"points\" of 1 or more.");
        return new ChecklistItem(id, text, points, parts.ToRequirement());
    }

    private EmergencyFacts ReadEmergency(ref JsonCursor cursor)
    {
        cursor.EnterObject("an emergency");
        var line = cursor.Line;
        string id = "", name = "", action = "";
        string? skinToneNote = null;
        List<OntologyNode> conditions = [];
        List<string> features = [], ask = [], sources = [];
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "id": id = cursor.Text(field); break;
                case "name": name = cursor.Text(field); break;
                case "conditions": conditions = Conditions(ref cursor, field, $"Emergency '{id}'"); break;
                case "features": features = cursor.Texts(field); break;
                case "action": action = cursor.Text(field); break;
                case "ask": ask = cursor.Texts(field); break;
                case "skinToneNote": skinToneNote = cursor.Text(field); break;
                case "sources": sources = cursor.Texts(field); break;
                default: cursor.Unknown(field, "an emergency", "id", "name", "conditions", "features", "action", "ask", "skinToneNote", "sources"); break;
            }
        if (id.Length == 0) throw cursor.Missing("id", "An emergency", line);
        if (sources.Count == 0) references.Source(Name, line, "", $"Emergency '{id}'");
        foreach (var source in sources) references.Source(Name, line, source, $"Emergency '{id}'");
        return new EmergencyFacts(id, name, conditions, features, action, ask, skinToneNote, sources);
    }

    private PhotoEvidenceLimits ReadLimits(ref JsonCursor cursor)
    {
        cursor.EnterObject("photoEvidence");
        var line = cursor.Line;
        double score = 1, auroc = 1, condition = 1;
        var source = "";
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "conceptScoreAtLeast": score = Share(ref cursor, field); break;
                case "conceptAurocAtLeast": auroc = Share(ref cursor, field); break;
                case "conditionAtLeast": condition = Share(ref cursor, field); break;
                case "source": source = cursor.Text(field); break;
                default: cursor.Unknown(field, "photoEvidence", "conceptScoreAtLeast", "conceptAurocAtLeast", "conditionAtLeast", "source"); break;
            }
        references.Source(Name, line, source, "photoEvidence");
        return new PhotoEvidenceLimits(score, auroc, condition);
    }

    private void ReadNotes(ref JsonCursor cursor)
    {
        cursor.EnterObject("notes");
        while (cursor.NextField(out var source))
        {
            references.Source(Name, cursor.Line, source, "A note");
            _notes[source] = cursor.Text(source);
        }
    }

    private static SignVocabulary ReadVocabulary(ref JsonCursor cursor)
    {
        cursor.EnterObject("reading");
        List<string> negations = [], notNegations = [], between = [], stops = [], unsure = [], yes = [], no = [];
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "negations": negations = cursor.Texts(field); break;
                case "notNegations": notNegations = cursor.Texts(field); break;
                case "between": between = cursor.Texts(field); break;
                case "stops": stops = cursor.Texts(field); break;
                case "unsure": unsure = cursor.Texts(field); break;
                case "yes": yes = cursor.Texts(field); break;
                case "no": no = cursor.Texts(field); break;
                default: cursor.Unknown(field, "reading", "negations", "notNegations", "between", "stops", "unsure", "yes", "no"); break;
            }
        return new SignVocabulary(negations, notNegations, between, stops, unsure, yes, no);
    }

    private Sign ReadSign(ref JsonCursor cursor)
    {
        cursor.EnterObject("a sign");
        var line = cursor.Line;
        string id = "", text = "";
        string? question = null;
        List<string> phrases = [];
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "id": id = cursor.Text(field); break;
                case "text": text = cursor.Text(field); break;
                case "question": question = cursor.Text(field); break;
                case "phrases": phrases = cursor.Texts(field); break;
                default: cursor.Unknown(field, "a sign", "id", "text", "question", "phrases"); break;
            }
        if (id.Length == 0) throw cursor.Missing("id", "A sign", line);
        if (!_signIds.Add(id)) references.Fault(Name, line, $"The sign '{id}' is written twice.", "Keep one of the two.");
        return new Sign(id, text, question, phrases);
    }

    private void CheckRule(ref JsonCursor cursor, string id, string text, string source, int line)
    {
        if (id.Length == 0) throw cursor.Missing("id", "A rule", line);
        if (text.Length == 0) throw cursor.Missing("text", $"Rule '{id}'", line);
        if (!_ruleIds.Add(id)) references.Fault(Name, line, $"The rule id '{id}' is used twice.", "Give one of the two another id.");
        references.Source(Name, line, source, $"Rule '{id}'");
    }

    private List<string> Signs(ref JsonCursor cursor, string field, string who)
    {
        cursor.EnterArray(field);
        var signs = new List<string>();
        while (cursor.NextElement())
        {
            signs.Add(cursor.Text(field));
            _signsNamed.Add((new NameAt(signs[^1], cursor.Line), who));
        }
        return signs;
    }

    private List<OntologyNode> Conditions(ref JsonCursor cursor, string field, string who)
    {
        cursor.EnterArray(field);
        var conditions = new List<OntologyNode>();
        while (cursor.NextElement())
            if (references.Condition(Name, cursor.Line, cursor.Text(field), who) is { } condition) conditions.Add(condition);
        return conditions;
    }

    private static double Share(ref JsonCursor cursor, string field)
    {
        var number = cursor.Number(field);
        return number is >= 0 and <= 1 ? number : throw cursor.Fault($"'{field}' is {number}, not between 0 and 1.", "Write a share between 0 and 1.");
    }

    private static List<T> List<T>(ref JsonCursor cursor, string field, ElementReader<T> read)
    {
        cursor.EnterArray(field);
        var elements = new List<T>();
        while (cursor.NextElement()) elements.Add(read(ref cursor));
        return elements;
    }

    private delegate T ElementReader<T>(ref JsonCursor cursor);

    /// <summary>A requirement while it is read.</summary>
    private sealed class RequirementParts
    {
        public List<string> Signs { get; set; } = [];
        public List<string> Concepts { get; } = [];
        public List<OntologyNode> Conditions { get; set; } = [];

        public TriageRequirement ToRequirement() => new(Signs, Concepts, Conditions);
    }
}
