using System.Globalization;
using System.Text;
using DermAssistant.Ontology;

namespace DermAssistant.Cases;

/// <summary>Derm1M's tables (<c>Derm1M_v2_pretrain.csv</c>, <c>Derm1M_v2_validation.csv</c>), and tables derived from them under other column names.</summary>
/// <remarks>
/// A row is a pair of image and caption; an image becomes one case, with the first caption it comes with. Places that say in words that
/// nothing is known ("No age information") count as empty. Labels are placed by the ontology; where several are given, the first that has a place is the
/// diagnosis and the others stay in the field <c>otherDiagnoses</c>.
/// </remarks>
internal sealed class Derm1MSource : ICaseSource
{
    private const int LongestCaption = 2_000;

    private static readonly string[] FileColumns = ["filename", "image", "image_path"];
    private static readonly string[] CaptionColumns = ["caption", "truncated_caption", "augmented_caption", "ontology_caption"];
    private static readonly string[] LabelColumns = ["disease_label", "label", "standardized_disease", "ontology_label"];
    private static readonly string[] PathColumns = ["hierarchical_disease_label", "ontology_final"];
    private static readonly string[] ConceptColumns = ["skin_concept", "skin_concept_standarized", "skin_concept_standardized"];

    private static readonly HashSet<string> NothingKnown = new(
        [
            "no age information", "no gender information", "no symptom information", "no body location information",
            "no visual concepts", "no definitive diagnosis", "nan", "none", "unknown",
        ],
        StringComparer.OrdinalIgnoreCase);

    private readonly IReadOnlyList<string> _tables;
    private readonly IReadOnlyList<string> _roots;
    private readonly OntologyGraph _ontology;

    public Derm1MSource(string source, OntologyGraph ontology, CaseImportOptions options)
    {
        var folder = Directory.Exists(source) ? source : Path.GetDirectoryName(Path.GetFullPath(source))!;
        _tables = Directory.Exists(source) ? Tables(source) : [source];
        _roots = options.Images is { } images ? [images] : [Path.Combine(folder, "images"), folder];
        _ontology = ontology;
        foreach (var table in _tables)
            CsvReader.Open(table).Dispose();
    }

    public LibrarySource About { get; } = new(
        "Derm1M", "CC BY-NC 4.0",
        "Yan S. et al. Derm1M: a million-scale vision-language dataset aligned with clinical ontology knowledge for dermatology (2025)",
        "https://github.com/SiyuanYan1/Derm1M", 0);

    public bool Measures => false;

    public string Fingerprint => $"derm1m {string.Join(' ', _tables.Select(FileHash.Of))} {string.Join(' ', _roots.Select(Path.GetFullPath))}";

    public ImportPlan Plan(CancellationToken cancellationToken)
    {
        var shared = RepeatedNames(cancellationToken);
        var images = new ImageFolder(_roots);
        var diagnoses = new Dictionary<(string, string), List<OntologyNode>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var cases = new List<PlannedCase>();
        var skipped = new List<SkippedCase>();
        foreach (var (row, columns) in Rows())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var file = row[columns.File].Replace('\\', '/');
            var label = Known(row[columns.Label]);
            var path = Known(row[columns.Path]);
            if (!diagnoses.TryGetValue((label, path), out var nodes)) diagnoses.Add((label, path), nodes = Place(label, path));
            var photo = nodes.Count == 0 || seen.Contains(file) ? null : images.Find(file, !shared.Contains(BareName(file)));
            var why = file.Length == 0 ? "the row names no image"
                : label.Length == 0 && path.Length == 0 ? "there is no definitive diagnosis"
                : nodes.Count == 0 ? $"the ontology has no place for the diagnosis \"{(label.Length > 0 ? label : path)}\""
                : seen.Contains(file) ? "another caption of an image that is a case already"
                : photo is null ? $"there is no such image in {string.Join(" or ", _roots)} (unpack the image archives there)"
                : GitLfsPointer.IsPointer(photo) ? "the image is a Git LFS pointer, not the image itself (fetch it with `git lfs pull`)"
                : null;
            if (why is not null)
            {
                skipped.Add(new SkippedCase(row.Line, file, why));
                continue;
            }

            seen.Add(file);
            var caption = Cleaned(row[columns.Caption]);
            if (caption.Length == 0) caption = $"Photo labelled {nodes[0].Name}.";
            cases.Add(new PlannedCase(row.Line, file, photo!, nodes[0], "", Fields(row, columns, nodes), _ => caption));
        }
        return new ImportPlan(cases, skipped);
    }

    private static List<string> Tables(string folder)
    {
        var tables = Directory.EnumerateFiles(folder, "*.csv").Where(IsCaptionTable).Order(StringComparer.Ordinal).ToList();
        return tables.Count > 0
            ? tables
            : throw new TableException($"There is no table with the columns filename and caption in {folder}.", "Name the folder that holds Derm1M_v2_pretrain.csv, or the table itself.");
    }

    // A pointer is kept, so that it is named in the error instead of going unnoticed.
    private static bool IsCaptionTable(string path)
    {
        if (GitLfsPointer.IsPointer(path)) return Path.GetFileName(path).StartsWith("Derm1M", StringComparison.OrdinalIgnoreCase);
        using var table = CsvTable.Open(path);
        return table.ColumnOf(FileColumns) is not null && table.ColumnOf(CaptionColumns) is not null;
    }

    private IEnumerable<(CsvRow Row, Columns Columns)> Rows()
    {
        foreach (var path in _tables)
        {
            using var table = CsvTable.Open(path);
            var columns = Columns.Of(table);
            foreach (var row in table.Rows()) yield return (row, columns);
        }
    }

    /// <summary>File names that stand in more than one folder, and so mean nothing without it.</summary>
    private HashSet<string> RepeatedNames(CancellationToken cancellationToken)
    {
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        var repeated = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (row, columns) in Rows())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var file = row[columns.File].Replace('\\', '/');
            var name = BareName(file);
            if (!folders.TryAdd(name, file) && folders[name] != file) repeated.Add(name);
        }
        return repeated;
    }

    private static string BareName(string file) => file[(file.LastIndexOf('/') + 1)..];

    /// <summary>The nodes a row's labels stand for; the joined path only speaks where the label says nothing the ontology knows, and then by its deepest node.</summary>
    private List<OntologyNode> Place(string label, string path)
    {
        var byLabel = Nodes(label);
        if (byLabel.Count > 0) return byLabel;
        var byPath = Nodes(path);
        return byPath.Count == 0 ? [] : [byPath.MaxBy(node => node.Level)!];
    }

    private List<OntologyNode> Nodes(string labels) =>
        labels.Length == 0 ? [] : [.. _ontology.MapAll(labels).Select(mapping => mapping.Node).OfType<OntologyNode>().Distinct()];

    private static SortedDictionary<string, string> Fields(CsvRow row, Columns columns, IReadOnlyList<OntologyNode> nodes)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (field, value) in new[]
        {
            ("site", Known(row[columns.Site])), ("sex", Sex(Known(row[columns.Sex]))), ("age", Years(row[columns.Age])), ("symptoms", Known(row[columns.Symptoms])),
            ("concepts", Known(row[columns.Concepts])), ("collection", Known(row[columns.Collection])), ("collectionType", Known(row[columns.CollectionType])),
            ("otherDiagnoses", string.Join("; ", nodes.Skip(1).Select(node => node.Name))),
        })
            if (value.Length > 0) fields[field] = Cleaned(value);
        return fields;
    }

    // "male, female" comes from captions that speak of several people.
    private static string Sex(string value) => value.ToLowerInvariant() is "male" or "female" ? value.ToLowerInvariant() : "";

    private static string Years(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var years) && years <= 130 ? years.ToString(CultureInfo.InvariantCulture) : "";

    private static string Known(string value) => NothingKnown.Contains(value) ? "" : value;

    /// <summary>One line of text without control characters, of bounded length.</summary>
    private static string Cleaned(string text)
    {
        if (NothingKnown.Contains(text)) return "";
        var cleaned = new StringBuilder(Math.Min(text.Length, LongestCaption));
        foreach (var character in text)
        {
            if (cleaned.Length == LongestCaption) break;
            var blank = char.IsWhiteSpace(character) || char.IsControl(character);
            if (!blank) cleaned.Append(character);
            else if (cleaned.Length > 0 && cleaned[^1] != ' ') cleaned.Append(' ');
        }
        // A pair of surrogates must not be cut in two.
        if (cleaned.Length > 0 && char.IsHighSurrogate(cleaned[^1])) cleaned.Length--;
        return cleaned.ToString().TrimEnd();
    }

    private sealed record Columns(int File, int? Caption, int? Label, int? Path, int? Concepts, int? Site, int? Symptoms, int? Age, int? Sex, int? Collection, int? CollectionType)
    {
        public static Columns Of(CsvTable table) => new(
            table.ColumnOf(FileColumns) ?? table.Column("filename"), table.ColumnOf(CaptionColumns), table.ColumnOf(LabelColumns), table.ColumnOf(PathColumns),
            table.ColumnOf(ConceptColumns), table.ColumnOf("body_location"), table.ColumnOf("symptoms"), table.ColumnOf("age"), table.ColumnOf("gender", "sex"),
            table.ColumnOf("source"), table.ColumnOf("source_type"));
    }
}
