using System.Text.Json.Nodes;
using DermAssistant.Ontology;

namespace DermAssistant.Cli;

/// <summary>What a check of the ontology found as <c>derm ontology check --json</c> prints it.</summary>
internal static class OntologyReportDocument
{
    public static JsonObject Of(OntologyReport report)
    {
        var conditions = new JsonObject();
        foreach (var (category, count) in report.Conditions) conditions[category] = count;
        return new()
        {
            ["passed"] = report.Passed,
            ["version"] = report.Version,
            ["faults"] = DocumentValue.Array(report.Faults, fault => new JsonObject
            {
                ["file"] = fault.File,
                ["line"] = fault.Line,
                ["message"] = fault.Message,
                ["remedy"] = fault.Remedy,
            }),
            ["conditions"] = conditions,
            ["unreviewed"] = report.Unreviewed,
            ["doubts"] = report.Doubts,
        };
    }
}
