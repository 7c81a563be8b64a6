using System.Text.Json.Nodes;
using DermAssistant.Cases;

namespace DermAssistant.Cli;

/// <summary>A case that resembles the query as <c>derm cases search --json</c> prints it.</summary>
internal static class MatchDocument
{
    public static JsonObject Of(CaseMatch match)
    {
        var fields = new JsonObject();
        foreach (var (name, value) in match.Case.Fields.OrderBy(field => field.Key, StringComparer.Ordinal)) fields[name] = value;
        return new()
        {
            ["id"] = match.Case.Id,
            ["similarity"] = DocumentValue.Number(match.Similarity),
            ["nearDuplicate"] = match.NearDuplicate,
            ["diagnosis"] = new JsonObject { ["id"] = match.Case.DiagnosisId, ["name"] = match.Case.DiagnosisName },
            ["caption"] = match.Case.Caption,
            ["source"] = match.Case.Source,
            ["url"] = match.Case.Url,
            ["licence"] = match.Case.Licence,
            ["fields"] = fields,
        };
    }
}
