namespace DermAssistant.Ontology.Files;

/// <summary>A dataset's label and the name of the condition it means.</summary>
internal sealed record LabelAt(string Label, string Condition, int Line)
{
    /// <summary>The source of the dataset, known once the dataset is read.</summary>
    public string Source { get; set; } = "";
}

/// <summary>What <c>label-mappings.json</c> holds.</summary>
internal sealed class LabelTable
{
    public List<LabelAt> Labels { get; } = [];

    /// <summary>Labels that name no condition and must never be guessed at.</summary>
    public List<string> Unplaced { get; } = [];

    /// <summary>Words that mean something else although they are spelt nearly like a word of a name: never taken for a misspelling.</summary>
    public List<string> OtherWords { get; } = [];

    /// <summary>Abbreviations that are also English words or too short to trust: in running text they count only in capitals.</summary>
    public List<string> OnlyInCapitals { get; } = [];
}

/// <summary>Reads <c>label-mappings.json</c>.</summary>
internal static class LabelFile
{
    public const string Name = "label-mappings.json";

    public static LabelTable Read(ReadOnlySpan<byte> json, List<OntologyFault> faults)
    {
        var cursor = new JsonCursor(Name, json, faults);
        var table = new LabelTable();
        cursor.EnterObject("the file");
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "$schema":
                    break;
                case "datasets":
                    cursor.EnterArray(field);
                    while (cursor.NextElement()) ReadDataset(ref cursor, table);
                    break;
                case "unplaced":
                    table.Unplaced.AddRange(cursor.Texts(field));
                    break;
                case "otherWords":
                    table.OtherWords.AddRange(cursor.Texts(field));
                    break;
                case "onlyInCapitals":
                    table.OnlyInCapitals.AddRange(cursor.Texts(field));
                    break;
                default:
                    cursor.Unknown(field, "the file", "$schema", "datasets", "unplaced", "otherWords", "onlyInCapitals");
                    break;
            }
        cursor.End();
        return table;
    }

    private static void ReadDataset(ref JsonCursor cursor, LabelTable table)
    {
        cursor.EnterObject("a dataset");
        var line = cursor.Line;
        var source = "";
        var labels = new List<LabelAt>();
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "id" or "note":
                    cursor.Text(field);
                    break;
                case "source":
                    source = cursor.Text(field);
                    break;
                case "labels":
                    cursor.EnterObject(field);
                    while (cursor.NextField(out var label)) labels.Add(new LabelAt(label, cursor.Text(label), cursor.Line));
                    break;
                default:
                    cursor.Unknown(field, "a dataset", "id", "source", "note", "labels");
                    break;
            }
        if (source.Length == 0) throw cursor.Missing("source", "A dataset", line);
        foreach (var label in labels)
        {
            label.Source = source;
            table.Labels.Add(label);
        }
    }
}
