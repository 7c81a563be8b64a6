namespace DermAssistant.Ontology.Files;

/// <summary>A concept, the line it begins on and the name of the concept it counts as.</summary>
internal sealed record ConceptAt(Concept Concept, int Line, string? CountsAs);

/// <summary>Reads <c>concepts.json</c>.</summary>
internal static class ConceptFile
{
    public const string Name = "concepts.json";

    public static List<ConceptAt> Read(ReadOnlySpan<byte> json, List<OntologyFault> faults)
    {
        var cursor = new JsonCursor(Name, json, faults);
        var concepts = new List<ConceptAt>();
        cursor.EnterObject("the file");
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "$schema":
                    break;
                case "concepts":
                    cursor.EnterArray(field);
                    while (cursor.NextElement()) concepts.Add(ReadConcept(ref cursor));
                    break;
                default:
                    cursor.Unknown(field, "the file", "$schema", "concepts");
                    break;
            }
        cursor.End();
        return concepts;
    }

    private static ConceptAt ReadConcept(ref JsonCursor cursor)
    {
        cursor.EnterObject("a concept");
        var line = cursor.Line;
        string id = "", name = "", definition = "", category = "", source = "";
        List<string> synonyms = [], vocabularies = [];
        string? countsAs = null;
        ConceptModality? modality = null;
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "id": id = cursor.Text(field); break;
                case "name": name = cursor.Text(field); break;
                case "definition": definition = cursor.Text(field); break;
                case "synonyms": synonyms = cursor.Texts(field); break;
                case "modality": modality = cursor.Word(Vocabularies.Modalities, "modality"); break;
                case "category": category = cursor.Text(field); break;
                case "vocabularies": vocabularies = cursor.Texts(field); break;
                case "countsAs": countsAs = cursor.Text(field); break;
                case "source": source = cursor.Text(field); break;
                default: cursor.Unknown(field, "a concept", "id", "name", "definition", "synonyms", "modality", "category", "vocabularies", "countsAs", "source"); break;
            }
        if (id.Length == 0) throw cursor.Missing("id", "A concept", line);
        if (name.Length == 0) throw cursor.Missing("name", "A concept", line);
        if (definition.Length == 0) throw cursor.Missing("definition", "A concept", line);
        var concept = new Concept(id, name, definition, synonyms, modality ?? throw cursor.Missing("modality", "A concept", line), category, source) { Vocabularies = vocabularies };
        return new ConceptAt(concept, line, countsAs);
    }
}
