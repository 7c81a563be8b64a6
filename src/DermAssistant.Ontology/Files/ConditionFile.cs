namespace DermAssistant.Ontology.Files;

/// <summary>Reads one category of <c>conditions/</c>.</summary>
internal static class ConditionFile
{
    public static NodeEntry Read(string file, ReadOnlySpan<byte> json, List<OntologyFault> faults)
    {
        var cursor = new JsonCursor(file, json, faults);
        var category = ReadNode(ref cursor, NodeLevel.Category);
        cursor.End();
        return category;
    }

    private static NodeEntry ReadNode(ref JsonCursor cursor, NodeLevel level)
    {
        var owner = Owner(level);
        cursor.EnterObject(owner);
        var node = new NodeEntry { File = cursor.File, Line = cursor.Line, Level = level };
        while (cursor.NextField(out var field))
        {
            if (ReadCommon(ref cursor, node, field)) continue;
            if (level == NodeLevel.Condition)
            {
                if (!ReadOfCondition(ref cursor, node, field))
                    cursor.Unknown(field, owner, "id", "name", "plainName", "synonyms", "diseaseOntologySynonyms", "codes", "flags", "urgency", "sites", "ages", "concepts", "covers", "sources", "review", "doubt");
            }
            else if (field == ChildrenOf(level))
            {
                cursor.EnterArray(field);
                var children = new List<NodeEntry>();
                while (cursor.NextElement()) children.Add(ReadNode(ref cursor, level + 1));
                node.Children = children;
            }
            else if (field != "$schema" || level != NodeLevel.Category)
            {
                cursor.Unknown(field, owner, "id", "name", "synonyms", "flags", "sources", ChildrenOf(level));
            }
        }
        if (node.Id.Length == 0) throw cursor.Missing("id", owner, node.Line);
        if (node.Name.Length == 0) throw cursor.Missing("name", owner, node.Line);
        return node;
    }

    private static string Owner(NodeLevel level) => level switch
    {
        NodeLevel.Category => "a category",
        NodeLevel.Group => "a group",
        NodeLevel.Subgroup => "a subgroup",
        _ => "a condition",
    };

    private static string ChildrenOf(NodeLevel level) => level switch
    {
        NodeLevel.Category => "groups",
        NodeLevel.Group => "subgroups",
        _ => "conditions",
    };

    private static bool ReadCommon(ref JsonCursor cursor, NodeEntry node, string field)
    {
        switch (field)
        {
            case "id":
                node.Id = cursor.Text(field);
                return true;
            case "name":
                node.Name = cursor.Text(field);
                return true;
            case "synonyms":
                node.Synonyms.AddRange(ReadNames(ref cursor, field));
                return true;
            case "sources":
                node.Sources = ReadNames(ref cursor, field);
                return true;
            case "flags":
                cursor.EnterArray(field);
                while (cursor.NextElement()) node.Flags.Add(cursor.Word(Vocabularies.Flags, "flag"));
                return true;
            default:
                return false;
        }
    }

    private static bool ReadOfCondition(ref JsonCursor cursor, NodeEntry node, string field)
    {
        switch (field)
        {
            case "plainName": node.PlainName = cursor.Text(field); break;
            case "diseaseOntologySynonyms": node.Synonyms.AddRange(ReadNames(ref cursor, field)); break;
            case "codes": ReadCodes(ref cursor, node); break;
            case "urgency": ReadUrgency(ref cursor, node); break;
            case "sites": node.Sites = JsonCursor.Elements(ref cursor, field, (ref JsonCursor statement) => StatementReader.Read(ref statement, "a statement")); break;
            case "ages": node.Ages = JsonCursor.Elements(ref cursor, field, (ref JsonCursor statement) => StatementReader.Read(ref statement, "a statement")); break;
            case "concepts": node.Concepts = ReadConcepts(ref cursor); break;
            case "covers": node.Covers = ReadNames(ref cursor, field); break;
            case "review": node.Reviewed = cursor.Word(Vocabularies.ReviewStates, "review state") == ReviewState.Reviewed; break;
            case "doubt": node.Doubt = cursor.Text(field); break;
            default: return false;
        }
        return true;
    }

    private static List<NameAt> ReadNames(ref JsonCursor cursor, string field)
    {
        cursor.EnterArray(field);
        var names = new List<NameAt>();
        while (cursor.NextElement()) names.Add(new NameAt(cursor.Text(field), cursor.Line));
        return names;
    }

    private static void ReadCodes(ref JsonCursor cursor, NodeEntry node)
    {
        cursor.EnterObject("codes");
        while (cursor.NextField(out var system))
            node.Codes[system] = new NameAt(cursor.Text(system), cursor.Line);
    }

    private static void ReadUrgency(ref JsonCursor cursor, NodeEntry node)
    {
        cursor.EnterObject("urgency");
        node.UrgencyLine = cursor.Line;
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "level": node.Urgency = cursor.Word(Vocabularies.Urgencies, "urgency"); break;
                case "source": node.UrgencySource = cursor.Text(field); break;
                default: cursor.Unknown(field, "an urgency", "level", "source"); break;
            }
    }

    private static List<ConceptEntry> ReadConcepts(ref JsonCursor cursor)
    {
        cursor.EnterArray("concepts");
        var concepts = new List<ConceptEntry>();
        while (cursor.NextElement())
        {
            cursor.EnterObject("a concept link");
            var line = cursor.Line;
            string concept = "", source = "";
            ConceptWeight? weight = null;
            while (cursor.NextField(out var field))
                switch (field)
                {
                    case "concept": concept = cursor.Text(field); break;
                    case "weight": weight = cursor.Word(Vocabularies.Weights, "concept weight"); break;
                    case "source": source = cursor.Text(field); break;
                    default: cursor.Unknown(field, "a concept link", "concept", "weight", "source"); break;
                }
            if (concept.Length == 0) throw cursor.Missing("concept", "A concept link", line);
            concepts.Add(new ConceptEntry(concept, weight ?? throw cursor.Missing("weight", "A concept link", line), source, line));
        }
        return concepts;
    }
}
