namespace DermAssistant.Ontology.Files;

/// <summary>Two conditions that resemble each other, as written.</summary>
internal sealed record LookAlikeEntry(string First, string Second, IReadOnlyList<StatementEntry> Differences, string? Doubt, int Line);

/// <summary>Reads <c>look-alikes.json</c>: pairs, each written once, so that no pair can be one-sided.</summary>
internal static class LookAlikeFile
{
    public const string Name = "look-alikes.json";

    public static List<LookAlikeEntry> Read(ReadOnlySpan<byte> json, List<OntologyFault> faults)
    {
        var cursor = new JsonCursor(Name, json, faults);
        var pairs = new List<LookAlikeEntry>();
        cursor.EnterObject("the file");
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "$schema":
                    break;
                case "lookAlikes":
                    cursor.EnterArray(field);
                    while (cursor.NextElement()) pairs.Add(ReadPair(ref cursor));
                    break;
                default:
                    cursor.Unknown(field, "the file", "$schema", "lookAlikes");
                    break;
            }
        cursor.End();
        return pairs;
    }

    private static LookAlikeEntry ReadPair(ref JsonCursor cursor)
    {
        cursor.EnterObject("a pair of look-alikes");
        var line = cursor.Line;
        string difference = "", source = "";
        string? doubt = null;
        List<string> pair = [];
        List<StatementEntry> differences = [];
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "pair": pair = cursor.Texts(field); break;
                case "difference": difference = cursor.Text(field); break;
                case "differences": differences = JsonCursor.Elements(ref cursor, field, (ref JsonCursor element) => StatementReader.Read(ref element, "a difference")); break;
                case "doubt": doubt = cursor.Text(field); break;
                case "source": source = cursor.Text(field); break;
                default: cursor.Unknown(field, "a pair of look-alikes", "pair", "difference", "source", "differences", "doubt"); break;
            }
        if (pair.Count != 2) throw new OntologyFault(cursor.File, line, "A pair of look-alikes must name two conditions.", "Write \"pair\": [\"one\", \"other\"].").ToException();
        if (difference.Length > 0) differences.Insert(0, new StatementEntry(difference, source, line));
        if (differences.Count == 0) throw cursor.Missing("difference", "A pair of look-alikes", line);
        return new LookAlikeEntry(pair[0], pair[1], differences, doubt, line);
    }
}
