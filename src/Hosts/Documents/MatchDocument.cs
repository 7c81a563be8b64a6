using System.Text.Json.Nodes;
using DermAssistant.Cases;

namespace DermAssistant.Hosts;

/// <summary>A case that resembles the query as <c>derm cases search --json</c> prints it.</summary>
internal static class MatchDocument
{
    public static JsonObject Of(CaseMatch match)
    {
        var document = Of(match.Case);
        document.Insert(1, "similarity", DocumentValue.Number(match.Similarity));
        document.Insert(2, "nearDuplicate", match.NearDuplicate);
        return document;
    }

    /// <summary>A case by itself.</summary>
    public static JsonObject Of(CaseRecord found)
    {
        var fields = new JsonObject();
        foreach (var (name, value) in found.Fields.OrderBy(field => field.Key, StringComparer.Ordinal)) fields[name] = value;
        return new()
        {
            ["id"] = found.Id,
            ["diagnosis"] = new JsonObject { ["id"] = found.DiagnosisId, ["name"] = found.DiagnosisName },
            ["caption"] = found.Caption,
            ["source"] = found.Source,
            ["url"] = found.Url,
            ["licence"] = found.Licence,
            ["fields"] = fields,
        };
    }
}
