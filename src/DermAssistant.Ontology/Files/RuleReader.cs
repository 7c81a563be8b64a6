namespace DermAssistant.Ontology.Files;

/// <summary>Reads rules of <c>triage.json</c> and keeps their ids apart.</summary>
internal sealed class RuleReader(References references, RequirementReader requirements)
{
    private readonly HashSet<string> _ruleIds = new(StringComparer.Ordinal);

    public ThresholdRule Threshold(ref JsonCursor cursor)
    {
        cursor.EnterObject("a rule");
        var line = cursor.Line;
        string id = "", text = "", source = "";
        Urgency? urgency = null;
        double? atLeast = null;
        var reviewed = false;
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "id": id = cursor.Text(field); break;
                case "urgency": urgency = cursor.Word(Vocabularies.Urgencies, field); break;
                case "atLeast": atLeast = cursor.Share(field); break;
                case "text": text = cursor.Text(field); break;
                case "source": source = cursor.Text(field); break;
                case "review": reviewed = Reviewed(ref cursor); break;
                default: cursor.Unknown(field, "a rule", "id", "urgency", "atLeast", "text", "source", "review"); break;
            }
        Check(ref cursor, id, text, source, line);
        return new ThresholdRule(id, urgency ?? throw cursor.Missing("urgency", $"Rule '{id}'", line), atLeast ?? throw cursor.Missing("atLeast", $"Rule '{id}'", line), text, source) { Reviewed = reviewed };
    }

    /// <param name="cursor">At the rule.</param>
    /// <param name="needsNothing">True for the rule that holds when no other does.</param>
    public TriageRule Rule(ref JsonCursor cursor, bool needsNothing = false)
    {
        cursor.EnterObject("a rule");
        var line = cursor.Line;
        string id = "", text = "", source = "";
        string? emergency = null;
        Urgency? urgency = null;
        List<TriageRequirement> requires = [];
        var reviewed = false;
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "id": id = cursor.Text(field); break;
                case "urgency": urgency = cursor.Word(Vocabularies.Urgencies, field); break;
                case "text": text = cursor.Text(field); break;
                case "source": source = cursor.Text(field); break;
                case "requires": requires = JsonCursor.Elements(ref cursor, field, (ref JsonCursor at) => requirements.Read(ref at, $"Rule '{id}'")); break;
                case "emergency": emergency = requirements.Emergency(ref cursor, field, $"Rule '{id}'"); break;
                case "review": reviewed = Reviewed(ref cursor); break;
                default: cursor.Unknown(field, "a rule", "id", "urgency", "text", "source", "requires", "emergency", "review"); break;
            }
        Check(ref cursor, id, text, source, line);
        if (requires.Count == 0 && !needsNothing)
            references.Fault(TriageFile.Name, line, $"Rule '{id}' requires nothing, so it would always fire.", "Add \"requires\" with at least one requirement.");
        return new TriageRule(id, urgency ?? throw cursor.Missing("urgency", $"Rule '{id}'", line), text, source, requires, emergency) { Reviewed = reviewed };
    }

    /// <summary>Whether a clinician has reviewed the entry; without the field nobody has.</summary>
    public static bool Reviewed(ref JsonCursor cursor) => cursor.Word(Vocabularies.ReviewStates, "review state") == ReviewState.Reviewed;

    /// <summary>What every rule must have, checklists included.</summary>
    public void Check(ref JsonCursor cursor, string id, string text, string source, int line)
    {
        if (id.Length == 0) throw cursor.Missing("id", "A rule", line);
        if (text.Length == 0) throw cursor.Missing("text", $"Rule '{id}'", line);
        if (!_ruleIds.Add(id)) references.Fault(TriageFile.Name, line, $"The rule id '{id}' is used twice.", "Give one of the two another id.");
        references.Source(TriageFile.Name, line, source, $"Rule '{id}'");
    }
}
