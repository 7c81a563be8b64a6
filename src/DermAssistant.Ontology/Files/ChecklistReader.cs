namespace DermAssistant.Ontology.Files;

/// <summary>Reads checklists of <c>triage.json</c>.</summary>
internal sealed class ChecklistReader(References references, RequirementReader requirements, RuleReader rules)
{
    public TriageChecklist Read(ref JsonCursor cursor)
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
        var reviewed = false;
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "id": id = cursor.Text(field); break;
                case "name": name = cursor.Text(field); break;
                case "photo": photo = cursor.Word(Vocabularies.Modalities, field); break;
                case "urgency": urgency = cursor.Word(Vocabularies.Urgencies, field); break;
                case "threshold": threshold = cursor.Whole(field); break;
                case "text": text = cursor.Text(field); break;
                case "source": source = cursor.Text(field); break;
                case "caution": caution = cursor.Text(field); break;
                case "appliesTo": scope = Scope(ref cursor, $"Checklist '{id}'"); break;
                case "items": items = JsonCursor.Elements(ref cursor, field, (ref JsonCursor at) => Item(ref at, $"Checklist '{id}'")); break;
                case "review": reviewed = RuleReader.Reviewed(ref cursor); break;
                default: cursor.Unknown(field, "a checklist", "id", "name", "photo", "urgency", "threshold", "text", "source", "caution", "appliesTo", "items", "review"); break;
            }
        rules.Check(ref cursor, id, text, source, line);
        var most = 0;
        foreach (var item in items) most += item.Points;
        if (threshold < 1 || threshold > most)
            references.Fault(TriageFile.Name, line, $"Checklist '{id}' has the threshold {threshold}, which its items cannot reach or always reach.", "Write a threshold between 1 and the sum of the points.");
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
            items) { Reviewed = reviewed };
    }

    private ChecklistScope Scope(ref JsonCursor cursor, string who)
    {
        cursor.EnterObject("appliesTo");
        List<string> signs = [];
        List<OntologyNode> within = [];
        var atLeast = 1.0;
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "signs": signs = requirements.Signs(ref cursor, field, who); break;
                case "within":
                    cursor.EnterArray(field);
                    while (cursor.NextElement())
                        if (references.Node(cursor.File, cursor.Line, cursor.Text(field), who) is { } node) within.Add(node);
                    break;
                case "atLeast": atLeast = cursor.Share(field); break;
                default: cursor.Unknown(field, "appliesTo", "signs", "within", "atLeast"); break;
            }
        return new ChecklistScope(signs, within, atLeast);
    }

    private ChecklistItem Item(ref JsonCursor cursor, string who)
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
                case "points": points = cursor.Whole(field); break;
                default:
                    if (!requirements.TryReadField(ref cursor, field, who, parts))
                        cursor.Unknown(field, "an item", "id", "text", "points", "signs", "concepts", "conditions");
                    break;
            }
        if (id.Length == 0) throw cursor.Missing("id", "An item", line);
        if (points < 1) references.Fault(cursor.File, line, $"Item '{id}' of {who} scores no point.", "Write \"points\" of 1 or more.");
        return new ChecklistItem(id, text, points, requirements.Met(parts, cursor.File, line, $"Item '{id}' of {who}"));
    }
}
