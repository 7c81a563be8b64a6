using System.Globalization;
using DermAssistant.Ontology;

namespace DermAssistant.Cases;

/// <summary>The layout of HAM10000: <c>metadata.csv</c> with a row a photo, and the photos by their ISIC id.</summary>
/// <remarks>Columns <c>image_id</c> and <c>dx</c> are needed; <c>lesion_id</c>, <c>dx_type</c>, <c>age</c>, <c>sex</c> and <c>localization</c> are used where they are.</remarks>
internal sealed class Ham10000Source : ICaseSource
{
    private static readonly string[] TableNames = ["metadata.csv", "HAM10000_metadata.csv", "HAM10000_metadata"];

    private readonly string _table;
    private readonly string _images;
    private readonly OntologyGraph _ontology;
    private readonly CaseImportOptions _options;

    public Ham10000Source(string folder, OntologyGraph ontology, CaseImportOptions options)
    {
        _table = TableNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new TableException($"There is no metadata.csv in {folder}.", "Name the folder that holds metadata.csv and images/.");
        _images = options.Images ?? folder;
        _ontology = ontology;
        _options = options;
    }

    public LibrarySource About { get; } = new(
        "HAM10000", "CC BY-NC 4.0",
        "Tschandl P., Rosendahl C. & Kittler H. The HAM10000 dataset, a large collection of multi-source dermatoscopic images of common pigmented skin lesions. Scientific Data 5, 180161 (2018)",
        "https://doi.org/10.1038/sdata.2018.161", 0);

    public bool Measures => true;

    public string Fingerprint => $"ham10000 {FileHash.Of(_table)} {Path.GetFullPath(_images)} {FileHash.OfPairs(_options.Splits)}";

    public ImportPlan Plan(CancellationToken cancellationToken)
    {
        using var table = CsvTable.Open(_table);
        var (id, dx) = (table.Column("image_id"), table.Column("dx"));
        int? lesion = table.ColumnOf("lesion_id"), confirmation = table.ColumnOf("dx_type"), age = table.ColumnOf("age"), sex = table.ColumnOf("sex"), site = table.ColumnOf("localization");
        var photos = ImageFolder.ByStem(_images);
        var nodes = new Dictionary<string, OntologyNode?>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var cases = new List<PlannedCase>();
        var skipped = new List<SkippedCase>();
        foreach (var row in table.Rows())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var image = row[id];
            var label = row[dx];
            if (!nodes.TryGetValue(label, out var node)) nodes.Add(label, node = _ontology.Map(label).Node);
            var why = image.Length == 0 ? "the row has no image_id"
                : node is null ? $"the ontology has no place for the diagnosis \"{label}\""
                : !photos.ContainsKey(image) ? $"there is no image {image} in {_images}"
                : !seen.Add(image) ? "the image is there twice"
                : null;
            if (why is not null)
            {
                skipped.Add(new SkippedCase(row.Line, image, why));
                continue;
            }

            var facts = new DermoscopicFacts(node!.Name, Known(row[site]), Known(row[sex]), Years(row[age]), Known(row[confirmation]));
            cases.Add(new PlannedCase(
                row.Line, image, photos[image], node,
                $"https://api.isic-archive.com/api/v2/images/{Uri.EscapeDataString(image)}/",
                Fields(facts, Known(row[lesion]), image),
                measured => DermoscopicCaption.Compose(facts, measured)));
        }
        return new ImportPlan(cases, skipped);
    }

    private SortedDictionary<string, string> Fields(DermoscopicFacts facts, string? lesion, string image)
    {
        var split = lesion is not null ? _options.Splits?.GetValueOrDefault(lesion) : null;
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["modality"] = "dermoscopic" };
        foreach (var (field, value) in new[]
        {
            ("site", facts.Site), ("sex", facts.Sex), ("age", facts.Age?.ToString(CultureInfo.InvariantCulture)), ("confirmation", facts.Confirmation),
            ("lesion", lesion), ("split", split ?? _options.Splits?.GetValueOrDefault(image)),
        })
            if (value is not null) fields[field] = value;
        return fields;
    }

    private static string? Known(string value) => value.Length == 0 || value.Equals("unknown", StringComparison.OrdinalIgnoreCase) ? null : value;

    // Published copies write ages as 45 or 45.0.
    private static int? Years(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var years) && years is >= 0 and <= 130 ? (int)Math.Round(years) : null;
}
