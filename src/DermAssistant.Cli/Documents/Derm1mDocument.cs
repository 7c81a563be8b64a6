using System.Text.Json.Nodes;
using DermAssistant.Ontology;

namespace DermAssistant.Cli;

/// <summary>What became of a Derm1M ontology as <c>derm ontology import --json</c> prints it.</summary>
internal static class Derm1mDocument
{
    public static JsonObject Of(Derm1mReport report) => new()
    {
        ["nodes"] = report.Nodes.Count,
        ["mapped"] = DocumentValue.Array(report.Mapped, Of),
        ["unmapped"] = DocumentValue.Array(report.Unmapped, Of),
        ["disagreements"] = DocumentValue.Array(report.Disagreements, Of),
        ["merged"] = DocumentValue.Texts(report.Merged),
    };

    private static JsonObject Of(Derm1mNode node) => new()
    {
        ["name"] = node.Name,
        ["nature"] = DocumentValue.Name(node.Nature),
        ["mappings"] = DocumentValue.Array(node.Mappings, NodeDocument.Of),
    };
}
