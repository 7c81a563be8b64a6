using System.Text.Json.Nodes;
using DermAssistant.Cases;

namespace DermAssistant.Hosts;

/// <summary>A case library, and what an import made of it, as <c>derm cases … --json</c> prints them.</summary>
internal static class LibraryDocument
{
    public static JsonObject Of(CaseStatistics statistics)
    {
        var fields = new JsonObject();
        foreach (var (name, values) in statistics.Fields.OrderBy(field => field.Key, StringComparer.Ordinal)) fields[name] = Counts(values);
        return new()
        {
            ["count"] = statistics.Manifest.Count,
            ["pack"] = Of(statistics.Manifest.Pack),
            ["sources"] = DocumentValue.Array(statistics.Manifest.Sources, source => new JsonObject
            {
                ["name"] = source.Name,
                ["licence"] = source.Licence,
                ["attribution"] = source.Attribution,
                ["url"] = source.Url,
                ["cases"] = source.Cases,
            }),
            ["diagnoses"] = Counts(statistics.Diagnoses),
            ["fields"] = fields,
        };
    }

    public static JsonObject Of(CaseImportReport report) => new()
    {
        ["imported"] = report.Imported,
        ["resumed"] = report.Resumed,
        ["count"] = report.Library.Count,
        ["pack"] = Of(report.Library.Pack),
        ["skipped"] = DocumentValue.Array(report.Skipped, row => new JsonObject { ["line"] = row.Line, ["file"] = row.File, ["why"] = row.Why }),
    };

    private static JsonObject Of(LibraryPack pack) => new() { ["id"] = pack.Id, ["version"] = pack.Version };

    private static JsonObject Counts(IEnumerable<FieldCount> counts)
    {
        var document = new JsonObject();
        foreach (var count in counts) document[count.Value] = count.Count;
        return document;
    }
}
