namespace DermAssistant.Ontology.Files;

/// <summary>A source and the line it begins on.</summary>
internal sealed record SourceAt(Source Source, int Line);

/// <summary>Reads <c>sources.json</c>.</summary>
internal static class SourceFile
{
    public const string Name = "sources.json";

    public static List<SourceAt> Read(ReadOnlySpan<byte> json, List<OntologyFault> faults)
    {
        var cursor = new JsonCursor(Name, json, faults);
        var sources = new List<SourceAt>();
        cursor.EnterObject("the file");
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "$schema":
                    break;
                case "sources":
                    cursor.EnterArray(field);
                    while (cursor.NextElement()) sources.Add(ReadSource(ref cursor));
                    break;
                default:
                    cursor.Unknown(field, "the file", "$schema", "sources");
                    break;
            }
        cursor.End();
        return sources;
    }

    private static SourceAt ReadSource(ref JsonCursor cursor)
    {
        cursor.EnterObject("a source");
        var line = cursor.Line;
        string id = "", citation = "";
        string? url = null, licence = null, note = null;
        bool? lookedUp = null;
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "id": id = cursor.Text(field); break;
                case "citation": citation = cursor.Text(field); break;
                case "url": url = cursor.Text(field); break;
                case "licence": licence = cursor.Text(field); break;
                case "lookedUp": lookedUp = cursor.Truth(field); break;
                case "note": note = cursor.Text(field); break;
                default: cursor.Unknown(field, "a source", "id", "citation", "url", "licence", "lookedUp", "note"); break;
            }
        if (id.Length == 0) throw cursor.Missing("id", "A source", line);
        if (citation.Length == 0) throw cursor.Missing("citation", "A source", line);
        return new SourceAt(new Source(id, citation, lookedUp ?? throw cursor.Missing("lookedUp", "A source", line), url, licence, note), line);
    }
}
