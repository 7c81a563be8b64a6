namespace DermAssistant.Ontology.Files;

/// <summary>Reads what a rule requires, and remembers which signs and emergencies were named, since those stand further down the file.</summary>
internal sealed class RequirementReader(References references)
{
    private readonly List<Named> _signsNamed = [];
    private readonly List<Named> _emergenciesNamed = [];

    public TriageRequirement Read(ref JsonCursor cursor, string who)
    {
        cursor.EnterObject("a requirement");
        var line = cursor.Line;
        var parts = new RequirementParts();
        while (cursor.NextField(out var field))
            if (!TryReadField(ref cursor, field, who, parts))
                cursor.Unknown(field, "a requirement", "signs", "concepts", "conditions");
        return Met(parts, cursor.File, line, who);
    }

    /// <summary>The requirement, noted as a fault where nothing can meet it.</summary>
    public TriageRequirement Met(RequirementParts parts, string file, int line, string who)
    {
        if (parts.Signs.Count + parts.Concepts.Count + parts.Conditions.Count == 0)
            references.Fault(file, line, $"{who} has a requirement nothing can meet.", "Name at least one sign, concept or condition in it.");
        return new TriageRequirement(parts.Signs, parts.Concepts, parts.Conditions);
    }

    /// <summary>Reads a field of a requirement; false when it is none.</summary>
    public bool TryReadField(ref JsonCursor cursor, string field, string who, RequirementParts parts)
    {
        switch (field)
        {
            case "signs":
                parts.Signs = Signs(ref cursor, field, who);
                return true;
            case "concepts":
                cursor.EnterArray(field);
                while (cursor.NextElement())
                    if (references.Concept(cursor.File, cursor.Line, cursor.Text(field), who) is { } concept) parts.Concepts.Add(concept.Id);
                return true;
            case "conditions":
                parts.Conditions = Conditions(ref cursor, field, who);
                return true;
            default:
                return false;
        }
    }

    public List<string> Signs(ref JsonCursor cursor, string field, string who)
    {
        cursor.EnterArray(field);
        var signs = new List<string>();
        while (cursor.NextElement())
        {
            signs.Add(cursor.Text(field));
            _signsNamed.Add(new Named(signs[^1], who, cursor.Line));
        }
        return signs;
    }

    public List<OntologyNode> Conditions(ref JsonCursor cursor, string field, string who)
    {
        cursor.EnterArray(field);
        var conditions = new List<OntologyNode>();
        while (cursor.NextElement())
            if (references.Condition(cursor.File, cursor.Line, cursor.Text(field), who) is { } condition) conditions.Add(condition);
        return conditions;
    }

    public string Emergency(ref JsonCursor cursor, string field, string who)
    {
        var emergency = cursor.Text(field);
        _emergenciesNamed.Add(new Named(emergency, who, cursor.Line));
        return emergency;
    }

    /// <summary>Notes what was named and is not there.</summary>
    public void CheckNamed(string file, HashSet<string> signs, IReadOnlyList<EmergencyFacts> emergencies)
    {
        foreach (var (sign, who, line) in _signsNamed)
            if (!signs.Contains(sign))
                references.Fault(file, line, $"{who} names the sign '{sign}', which is not among the signs.", "Correct the id or add the sign.");
        foreach (var (emergency, who, line) in _emergenciesNamed)
            if (!emergencies.Any(known => known.Id == emergency))
                references.Fault(file, line, $"{who} names the emergency '{emergency}', which is not among the emergencies.", "Correct the id or add the emergency.");
    }

    private sealed record Named(string Id, string Who, int Line);
}

/// <summary>A requirement while it is read.</summary>
internal sealed class RequirementParts
{
    public List<string> Signs { get; set; } = [];
    public List<string> Concepts { get; } = [];
    public List<OntologyNode> Conditions { get; set; } = [];
}
