using DermAssistant.Cases;
using DermAssistant.Ontology;

namespace DermAssistant.Evaluation;

/// <summary>A photo and what is known of its concepts.</summary>
/// <param name="Shown">By index of the concept; null where it is not known.</param>
internal sealed record ConceptPhoto(string Name, string Path, bool?[] Shown);

/// <summary>The photos of a table of concepts, the rows that cannot be used and the names that are no concepts of the pack.</summary>
internal sealed record ConceptTable(IReadOnlyList<ConceptPhoto> Photos, IReadOnlyList<SkippedPhoto> Skipped, IReadOnlyList<string> Unknown)
{
    private static readonly char[] Separators = [',', ';', '|'];

    /// <param name="concepts">The concepts the pack is asked for.</param>
    /// <exception cref="TableException">The table is missing or malformed, lacks a column, or names none of the concepts.</exception>
    public static ConceptTable Read(ConceptRequest request, OntologyGraph ontology, IReadOnlyList<Concept> concepts)
    {
        using var table = CsvTable.Open(request.Labels);
        var id = table.Column(request.IdColumn);
        int? where = request.Where is { } filter ? table.Column(filter.Column) : null;
        var indices = concepts.Select((concept, index) => (concept.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index, StringComparer.Ordinal);
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        int Index(string name) => ontology.FindConcept(name) is { } concept && indices.TryGetValue(concept.Id, out var index) ? index : -1;
        Func<CsvRow, bool?[]> shown = request.ConceptColumn is { } column ? Listed(table.Column(column)) : InColumns();

        var byStem = ImageFolder.ByStem(request.Images);
        var images = new ImageFolder([request.Images]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var (photos, skipped) = (new List<ConceptPhoto>(), new List<SkippedPhoto>());
        foreach (var row in table.Rows())
        {
            if (request.Where is not null && row[where] != request.Where.Value) continue;
            var name = row[id];
            var path = name.Length == 0 ? null : images.Find(name) ?? byStem.GetValueOrDefault(name);
            var known = shown(row);
            var why = name.Length == 0 ? $"line {row.Line} names no photo"
                : path is null ? $"there is no such photo in {request.Images}"
                : Array.TrueForAll(known, value => value is null) ? "the row says nothing of a concept the pack is asked for"
                : seen.Add(path) ? null : "the photo is there twice";
            if (why is null) photos.Add(new ConceptPhoto(name, path!, known));
            else skipped.Add(new SkippedPhoto(name, why));
        }
        return new ConceptTable(photos, skipped, [.. unknown]);

        Func<CsvRow, bool?[]> Listed(int column) => row =>
        {
            var known = new bool?[concepts.Count];
            var found = row[column].Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => (name, index: Index(name))).ToList();
            unknown.UnionWith(found.Where(pair => pair.index < 0).Select(pair => pair.name));
            if (found.All(pair => pair.index < 0)) return known;
            Array.Fill(known, false);
            foreach (var (_, index) in found.Where(pair => pair.index >= 0)) known[index] = true;
            return known;
        };

        Func<CsvRow, bool?[]> InColumns()
        {
            var columns = table.Header.Select((name, at) => (name, at, index: Index(name.Trim()))).Where(column => column.at != id).ToList();
            unknown.UnionWith(columns.Where(column => column.index < 0).Select(column => column.name));
            var used = columns.Where(column => column.index >= 0).ToList();
            if (used.Count == 0)
                throw new TableException(
                    $"{request.Labels} has no column that is named like a concept the pack is asked for.",
                    $"Name the column that lists the concepts of a photo, or give a table with one column a concept. The columns are: {string.Join(", ", table.Header)}.");
            return row =>
            {
                var known = new bool?[concepts.Count];
                foreach (var (_, at, index) in used) known[index] = Truth(row[at]) ?? known[index];
                return known;
            };
        }
    }

    private static bool? Truth(string text) => text.ToLowerInvariant() switch
    {
        "1" or "1.0" or "true" or "yes" => true,
        "0" or "0.0" or "false" or "no" => false,
        _ => null,
    };
}
