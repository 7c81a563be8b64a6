namespace DermAssistant.Ontology.Files;

/// <summary>Reads <c>triage.json</c> and resolves what it names.</summary>
internal sealed class TriageFile
{
    public const string Name = "triage.json";

    private const int LongestQuestion = 80;

    private static readonly string[] ReadingLists =
    [
        "negations", "negationsOfNouns", "notNegations", "wondering", "between", "beliefs", "subjects", "articles", "adjectives", "stops",
        "unsure", "yes", "agreements", "no", "disagreements", "additions", "auxiliaries", "lookUps", "joins", "claims", "forgiven", "ordinary",
    ];

    private readonly References _references;
    private readonly RequirementReader _requirements;
    private readonly RuleReader _ruleReader;
    private readonly ChecklistReader _checklistReader;
    private readonly HashSet<string> _signIds = new(StringComparer.Ordinal);

    private List<UrgencyMeaning> _urgencies = [];
    private List<ThresholdRule> _malignancy = [];
    private List<ThresholdRule> _conditions = [];
    private TriageRule? _otherwise;
    private PhotoEvidenceLimits? _photoEvidence;
    private TriageRule? _namedCondition;
    private TriageRule? _safetyNet;
    private readonly Dictionary<string, string> _sentences = new(StringComparer.Ordinal);
    private List<string> _vague = [];
    private readonly Dictionary<string, string> _notes = new(StringComparer.Ordinal);
    private List<TriageChecklist> _checklists = [];
    private List<TriageRule> _rules = [];
    private List<EmergencyFacts> _emergencies = [];
    private List<string> _questions = [];
    private int _questionsLine;
    private SignVocabulary? _reading;
    private List<Sign> _signs = [];

    public TriageFile(References references)
    {
        _references = references;
        _requirements = new RequirementReader(references);
        _ruleReader = new RuleReader(references, _requirements);
        _checklistReader = new ChecklistReader(references, _requirements, _ruleReader);
    }

    public TriageRules Read(ReadOnlySpan<byte> json, List<OntologyFault> faults)
    {
        var cursor = new JsonCursor(Name, json, faults);
        cursor.EnterObject("the file");
        while (cursor.NextField(out var field)) ReadField(ref cursor, field);
        cursor.End();
        _requirements.CheckNamed(Name, _signIds, _emergencies);
        CheckQuestions();
        return new TriageRules
        {
            Urgencies = _urgencies,
            Malignancy = _malignancy,
            Conditions = _conditions,
            Otherwise = _otherwise ?? throw cursor.Missing("otherwise", "The file", 1),
            PhotoEvidence = _photoEvidence ?? throw cursor.Missing("photoEvidence", "The file", 1),
            NamedCondition = _namedCondition ?? throw cursor.Missing("namedCondition", "The file", 1),
            SafetyNet = _safetyNet ?? throw cursor.Missing("safetyNet", "The file", 1),
            Reported = Sentence("reported", ref cursor),
            Unread = Sentence("unread", ref cursor),
            Unsettled = Sentence("unsettled", ref cursor),
            Open = Sentence("open", ref cursor),
            ToDo = Sentence("toDo", ref cursor),
            Vague = _vague,
            Notes = _notes,
            Checklists = _checklists,
            Rules = _rules,
            Emergencies = _emergencies,
            GeneralQuestions = _questions,
            Reading = _reading ?? throw cursor.Missing("reading", "The file", 1),
            Signs = _signs,
        };
    }

    private string Sentence(string field, ref JsonCursor cursor) =>
        _sentences.TryGetValue(field, out var text) ? text : throw cursor.Missing(field, "The file", 1);

    /// <summary>What is asked whatever the photo shows must have a question to ask.</summary>
    private void CheckQuestions()
    {
        foreach (var id in _questions)
            if (_signs.Find(sign => sign.Id == id) is { Question: null })
                _references.Fault(Name, _questionsLine, $"The sign '{id}' is to be asked for but has no question.", "Add its question or take it out of \"questions\".");
    }

    private void ReadField(ref JsonCursor cursor, string field)
    {
        switch (field)
        {
            case "$schema": break;
            case "urgencies": ReadUrgencies(ref cursor, field); break;
            case "malignancy": _malignancy = JsonCursor.Elements(ref cursor, field, _ruleReader.Threshold); break;
            case "conditions": _conditions = JsonCursor.Elements(ref cursor, field, _ruleReader.Threshold); break;
            case "otherwise": _otherwise = _ruleReader.Rule(ref cursor, needsNothing: true); break;
            case "photoEvidence": _photoEvidence = ReadLimits(ref cursor); break;
            case "namedCondition": _namedCondition = _ruleReader.Rule(ref cursor, needsNothing: true); break;
            case "safetyNet": _safetyNet = _ruleReader.Rule(ref cursor, needsNothing: true); break;
            case "reported" or "unread" or "unsettled" or "open" or "toDo": _sentences[field] = cursor.Text(field); break;
            case "vague": _vague = _requirements.Signs(ref cursor, field, "The list of vague signs"); break;
            case "notes": ReadNotes(ref cursor); break;
            case "checklists": _checklists = JsonCursor.Elements(ref cursor, field, _checklistReader.Read); break;
            case "rules": _rules = JsonCursor.Elements(ref cursor, field, (ref JsonCursor at) => _ruleReader.Rule(ref at)); break;
            case "emergencies": _emergencies = JsonCursor.Elements(ref cursor, field, ReadEmergency); break;
            case "questions": _questionsLine = cursor.Line; _questions = _requirements.Signs(ref cursor, field, "The list of questions"); break;
            case "reading": _reading = ReadVocabulary(ref cursor); break;
            case "signs": _signs = JsonCursor.Elements(ref cursor, field, ReadSign); break;
            default:
                cursor.Unknown(field, "the file", "$schema", "urgencies", "malignancy", "conditions", "otherwise", "namedCondition", "safetyNet", "photoEvidence", "reported", "unread", "unsettled", "open", "toDo", "vague", "notes", "checklists", "rules", "emergencies", "questions", "reading", "signs");
                break;
        }
    }

    private void ReadUrgencies(ref JsonCursor cursor, string field)
    {
        var line = cursor.Line;
        _urgencies = JsonCursor.Elements(ref cursor, field, ReadUrgency);
        foreach (var word in Vocabularies.Urgencies.Words)
            if (!_urgencies.Exists(meaning => Vocabularies.Urgencies.Write(meaning.Urgency) == word))
                _references.Fault(Name, line, $"The urgency {word} has no meaning.", "Add it to \"urgencies\".");
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
                case "urgency": urgency = cursor.Word(Vocabularies.Urgencies, field); break;
                case "means": means = cursor.Text(field); break;
                case "draft": cursor.Text(field); break;
                default: cursor.Unknown(field, "an urgency", "urgency", "draft", "means"); break;
            }
        return new UrgencyMeaning(urgency ?? throw cursor.Missing("urgency", "An urgency", line), means);
    }

    private EmergencyFacts ReadEmergency(ref JsonCursor cursor)
    {
        cursor.EnterObject("an emergency");
        var line = cursor.Line;
        string id = "", name = "", action = "";
        string? skinToneNote = null;
        List<OntologyNode> conditions = [];
        List<string> features = [], ask = [], sources = [];
        var reviewed = false;
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "id": id = cursor.Text(field); break;
                case "name": name = cursor.Text(field); break;
                case "conditions": conditions = _requirements.Conditions(ref cursor, field, $"Emergency '{id}'"); break;
                case "features": features = cursor.Texts(field); break;
                case "action": action = cursor.Text(field); break;
                case "ask": ask = cursor.Texts(field); break;
                case "skinToneNote": skinToneNote = cursor.Text(field); break;
                case "sources": sources = cursor.Texts(field); break;
                case "review": reviewed = RuleReader.Reviewed(ref cursor); break;
                default: cursor.Unknown(field, "an emergency", "id", "name", "conditions", "features", "action", "ask", "skinToneNote", "sources", "review"); break;
            }
        if (id.Length == 0) throw cursor.Missing("id", "An emergency", line);
        if (sources.Count == 0) _references.Source(Name, line, "", $"Emergency '{id}'");
        foreach (var source in sources) _references.Source(Name, line, source, $"Emergency '{id}'");
        return new EmergencyFacts(id, name, conditions, features, action, ask, skinToneNote, sources) { Reviewed = reviewed };
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
                case "conceptScoreAtLeast": score = cursor.Share(field); break;
                case "conceptAurocAtLeast": auroc = cursor.Share(field); break;
                case "conditionAtLeast": condition = cursor.Share(field); break;
                case "source": source = cursor.Text(field); break;
                default: cursor.Unknown(field, "photoEvidence", "conceptScoreAtLeast", "conceptAurocAtLeast", "conditionAtLeast", "source"); break;
            }
        _references.Source(Name, line, source, "photoEvidence");
        return new PhotoEvidenceLimits(score, auroc, condition);
    }

    private void ReadNotes(ref JsonCursor cursor)
    {
        cursor.EnterObject("notes");
        while (cursor.NextField(out var source))
        {
            _references.Source(Name, cursor.Line, source, "A note");
            _notes[source] = cursor.Text(source);
        }
    }

    private static SignVocabulary ReadVocabulary(ref JsonCursor cursor)
    {
        cursor.EnterObject("reading");
        var line = cursor.Line;
        var lists = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        Dictionary<string, IReadOnlyList<string>> groups = new(StringComparer.Ordinal);
        while (cursor.NextField(out var field))
            if (field == "groups") ReadGroups(ref cursor, groups);
            else if (ReadingLists.Contains(field)) lists[field] = cursor.Texts(field);
            else cursor.Unknown(field, "reading", ["groups", .. ReadingLists]);
        foreach (var list in ReadingLists)
            if (!lists.ContainsKey(list)) throw cursor.Missing(list, "reading", line);
        return new SignVocabulary
        {
            Groups = groups,
            Negations = lists["negations"],
            NegationsOfNouns = lists["negationsOfNouns"],
            NotNegations = lists["notNegations"],
            Wondering = lists["wondering"],
            Between = lists["between"],
            Beliefs = lists["beliefs"],
            Subjects = lists["subjects"],
            Articles = lists["articles"],
            Adjectives = lists["adjectives"],
            Stops = lists["stops"],
            Unsure = lists["unsure"],
            Yes = lists["yes"],
            Agreements = lists["agreements"],
            No = lists["no"],
            Disagreements = lists["disagreements"],
            Additions = lists["additions"],
            Auxiliaries = lists["auxiliaries"],
            LookUps = lists["lookUps"],
            Joins = lists["joins"],
            Claims = lists["claims"],
            Forgiven = lists["forgiven"],
            Ordinary = lists["ordinary"],
        };
    }

    private static void ReadGroups(ref JsonCursor cursor, Dictionary<string, IReadOnlyList<string>> groups)
    {
        cursor.EnterObject("groups");
        while (cursor.NextField(out var name)) groups[name] = cursor.Texts(name);
    }

    private Sign ReadSign(ref JsonCursor cursor)
    {
        cursor.EnterObject("a sign");
        var line = cursor.Line;
        string id = "", text = "";
        string? question = null;
        List<string> phrases = [];
        var context = false;
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "id": id = cursor.Text(field); break;
                case "text": text = cursor.Text(field); break;
                case "question": question = cursor.Text(field); break;
                case "phrases": phrases = cursor.Texts(field); break;
                case "context": context = cursor.Truth(field); break;
                default: cursor.Unknown(field, "a sign", "id", "text", "question", "phrases", "context"); break;
            }
        if (id.Length == 0) throw cursor.Missing("id", "A sign", line);
        if (!_signIds.Add(id)) _references.Fault(Name, line, $"The sign '{id}' is written twice.", "Keep one of the two.");
        if (text.Length == 0) throw cursor.Missing("text", $"Sign '{id}'", line);
        if (phrases.Count == 0 && question is null)
            _references.Fault(Name, line, $"The sign '{id}' can neither be recognised nor asked for.", "Add phrases or a question.");
        if (question?.Length > LongestQuestion)
            _references.Fault(Name, line, $"The question of sign '{id}' has {question.Length} characters.", $"Ask one short question, of at most {LongestQuestion} characters.");
        return new Sign(id, text, question, phrases, context) { Line = line };
    }
}
