using DermAssistant.Cases;
using DermAssistant.Diagnosis;
using DermAssistant.Ontology;

namespace DermAssistant.Evaluation;

/// <summary>A photo with the class its label stands for.</summary>
/// <param name="Name">As in the table.</param>
/// <param name="Class">Index into the pack's labels.</param>
internal sealed record LabelledFile(string Name, string Path, int Class);

/// <summary>The photos a table names, and the rows that cannot be used.</summary>
internal sealed record LabelledFiles(IReadOnlyList<LabelledFile> Files, IReadOnlyList<SkippedPhoto> Skipped)
{
    /// <exception cref="TableException">The table is missing or malformed, or lacks a column.</exception>
    public static LabelledFiles Read(ClassificationRequest request, OntologyGraph ontology, LabelSet labels)
    {
        using var table = CsvTable.Open(request.Labels);
        var (id, label) = (table.Column(request.IdColumn), table.Column(request.LabelColumn));
        int? where = request.Where is { } filter ? table.Column(filter.Column) : null;
        var byStem = ImageFolder.ByStem(request.Images);
        var images = new ImageFolder([request.Images]);
        var classes = new Dictionary<string, (int Class, string? Why)>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var files = new List<LabelledFile>();
        var skipped = new List<SkippedPhoto>();
        foreach (var row in table.Rows())
        {
            if (request.Where is not null && row[where] != request.Where.Value) continue;
            var name = row[id];
            if (!classes.TryGetValue(row[label], out var placed)) classes.Add(row[label], placed = Place(row[label], ontology, labels));
            var path = name.Length == 0 ? null : images.Find(name) ?? byStem.GetValueOrDefault(name);
            var why = name.Length == 0 ? $"line {row.Line} names no photo"
                : path is null ? $"there is no such photo in {request.Images}"
                : placed.Why ?? (seen.Add(path) ? null : "the photo is there twice");
            if (why is null) files.Add(new LabelledFile(name, path!, placed.Class));
            else skipped.Add(new SkippedPhoto(name, why));
        }
        return new LabelledFiles(files, skipped);
    }

    /// <summary>
    /// The class of a label: by the ontology, whose node may be a class, be covered by one or lie below one; otherwise by the name the pack's
    /// own training data uses.
    /// </summary>
    private static (int Class, string? Why) Place(string label, OntologyGraph ontology, LabelSet labels)
    {
        if (label.Length == 0) return (-1, "the row has no label");
        var node = ontology.Map(label).Node;
        var found = node is null ? -1 : labels.IndexOf(node);
        for (var at = 0; found < 0 && at < labels.Labels.Count; at++)
            if (label.Equals(labels.Labels[at].Code, StringComparison.OrdinalIgnoreCase)) found = at;
        if (found >= 0) return (found, null);
        return (-1, node is null
            ? $"the ontology has no place for the label \"{label}\""
            : $"{node.Name} (the label \"{label}\") is not among {labels.Name}");
    }
}
