using System.Globalization;
using System.Text.Json.Nodes;
using DermAssistant.Agent;
using DermAssistant.Diagnosis;

namespace DermAssistant.Channels.Teams;

/// <summary>The one entity of a message that labels it as written by an AI and holds what its numbers cite.</summary>
/// <remarks>Limits: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bot-messages-ai-generated-content.</remarks>
internal static class TeamsCitations
{
    /// <summary>The most citations Teams takes.</summary>
    public const int Most = 20;

    private const int MaxName = 80;
    private const int MaxAbstract = 160;
    private const int MaxKeyword = 28;
    private const int MaxKeywords = 3;
    private const int MaxDetail = 2_000;

    /// <summary>The entity.</summary>
    /// <param name="cited">Ids of evidence; the first has the number 1.</param>
    /// <param name="details">Whether evidence without an address of its own can be opened as a card.</param>
    public static JsonObject Of(Answer answer, IReadOnlyList<string> cited, bool details)
    {
        var evidence = answer.Evidence.ToDictionary(e => e.Id, StringComparer.Ordinal);
        var claims = new JsonArray();
        foreach (var (id, index) in cited.Take(Most).Select((id, index) => (id, index)))
        {
            // Grounded claims name evidence the answer has; a number without it would lead nowhere.
            if (!evidence.TryGetValue(id, out var record)) continue;
            claims.Add((JsonNode)new JsonObject
            {
                ["@type"] = "Claim",
                ["position"] = index + 1,
                ["appearance"] = Appearance(record, details),
            });
        }

        var entity = new JsonObject
        {
            ["type"] = "https://schema.org/Message",
            ["@type"] = "Message",
            ["@context"] = "https://schema.org",
            ["@id"] = "",
            ["additionalType"] = new JsonArray("AIGeneratedContent"),
        };
        if (claims.Count > 0) entity["citation"] = claims;
        return entity;
    }

    private static JsonObject Appearance(Evidence evidence, bool details)
    {
        var appearance = new JsonObject
        {
            ["@type"] = "DigitalDocument",
            ["name"] = TeamsText.Cut(NameOf(evidence), MaxName),
            ["abstract"] = TeamsText.Cut(evidence.Text.Length == 0 ? NameOf(evidence) : evidence.Text, MaxAbstract),
        };
        var keywords = new JsonArray([.. KeywordsOf(evidence).Take(MaxKeywords).Select(word => (JsonNode)TeamsText.Cut(word, MaxKeyword))]);
        if (keywords.Count > 0) appearance["keywords"] = keywords;
        if (AddressOf(evidence) is { } address)
        {
            appearance["url"] = address;
        }
        else if (details)
        {
            appearance["encodingFormat"] = "application/vnd.microsoft.card.adaptive";
            appearance["text"] = TeamsCard.OfEvidence(NameOf(evidence), TeamsText.Cut(evidence.Text, MaxDetail)).ToJsonString();
        }

        return appearance;
    }

    private static string NameOf(Evidence evidence) => evidence.Kind switch
    {
        EvidenceKind.Differential when Text(evidence, "about") == "differential" => $"{evidence.Id} · Differential: {Text(evidence, "name")}",
        EvidenceKind.Differential when Text(evidence, "about") == "verdict" => $"{evidence.Id} · Verdict",
        EvidenceKind.Differential when Text(evidence, "about") == "malignancy" => $"{evidence.Id} · Probability of malignancy",
        EvidenceKind.Differential => $"{evidence.Id} · Prediction set",
        EvidenceKind.Concept => $"{evidence.Id} · Concept: {Text(evidence, "name")}",
        EvidenceKind.Measurement => $"{evidence.Id} · Measurement: {Text(evidence, "name")}",
        EvidenceKind.Case => $"{evidence.Id} · Case {Text(evidence, "case")}: {Text(evidence, "name")}",
        EvidenceKind.Ontology => $"{evidence.Id} · Ontology: {Text(evidence, "name")}",
        EvidenceKind.Triage => $"{evidence.Id} · Urgency rule",
        _ => $"{evidence.Id} · Photo",
    };

    private static IEnumerable<string> KeywordsOf(Evidence evidence)
    {
        if (evidence.Data["photo"] is JsonValue photo && photo.TryGetValue<int>(out var number) && number > 0) yield return string.Create(CultureInfo.InvariantCulture, $"photo {number}");
        if (evidence.Kind != EvidenceKind.Case) yield break;
        if (Text(evidence, "source") is { Length: > 0 } source) yield return source;
        if (Text(evidence, "licence") is { Length: > 0 } licence) yield return licence;
    }

    private static string? AddressOf(Evidence evidence) =>
        Text(evidence, "url") is { } url && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps ? address.AbsoluteUri : null;

    private static string? Text(Evidence evidence, string field) => evidence.Data[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
