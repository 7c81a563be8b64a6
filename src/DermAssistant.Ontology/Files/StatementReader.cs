namespace DermAssistant.Ontology.Files;

/// <summary>Reads an object of a text and the source that says it.</summary>
internal static class StatementReader
{
    /// <param name="what">What it is called in messages, as <c>a statement</c>.</param>
    public static StatementEntry Read(ref JsonCursor cursor, string what)
    {
        cursor.EnterObject(what);
        var line = cursor.Line;
        string text = "", source = "";
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "text": text = cursor.Text(field); break;
                case "source": source = cursor.Text(field); break;
                default: cursor.Unknown(field, what, "text", "source"); break;
            }
        return text.Length > 0 ? new StatementEntry(text, source, line) : throw cursor.Missing("text", char.ToUpperInvariant(what[0]) + what[1..], line);
    }
}
