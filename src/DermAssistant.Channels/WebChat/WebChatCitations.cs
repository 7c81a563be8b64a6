using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DermAssistant.Agent;
using DermAssistant.Diagnosis;

namespace DermAssistant.Channels.WebChat;

/// <summary>What the number of a citation leads to.</summary>
internal sealed record WebChatCitation(int Number, string Evidence, string Title, string Text);

/// <summary>Citations, the mark of a machine's words and the thumbs, as Web Chat reads them from an entity of schema.org.</summary>
internal static class WebChatCitations
{
    /// <summary>Said below every answer.</summary>
    public const string Disclaimer = "Written by a machine from the evidence cited. Decision support, not a medical device: check it before you rely on it.";

    private const int LongestTitle = 80;

    public static IReadOnlyList<WebChatCitation> Of(Answer answer, IReadOnlyList<string> cited)
    {
        var evidence = answer.Evidence.ToDictionary(record => record.Id, StringComparer.Ordinal);
        return [.. cited.Select((id, index) => new WebChatCitation(index + 1, id, Title(evidence[id]), Body(evidence[id])))];
    }

    /// <summary>The Markdown definitions that make <c>[1]</c> a citation; <c>cite:</c> addresses open the evidence.</summary>
    public static string Definitions(IReadOnlyList<WebChatCitation> citations)
    {
        var text = new StringBuilder();
        foreach (var citation in citations)
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length == 0 ? "\n\n" : "\n")}[{citation.Number}]: cite:{citation.Evidence} \"{citation.Title.Replace('"', '\'').Replace('\\', '/')}\"");
        return text.ToString();
    }

    public static JsonObject Entity(string answerId, IReadOnlyList<WebChatCitation> citations)
    {
        var claims = new JsonArray();
        foreach (var citation in citations)
        {
            var claim = new JsonObject
            {
                ["@type"] = "Claim",
                ["position"] = citation.Number,
                ["appearance"] = new JsonObject { ["@type"] = "DigitalDocument", ["name"] = citation.Title, ["text"] = citation.Text },
            };
            // Web Chat 4.18.1 takes the disclaimer from the first citation.
            if (claims.Count == 0) claim["claimInterpreter"] = new JsonObject { ["@type"] = "Project", ["slogan"] = Disclaimer };
            claims.Add((JsonNode)claim);
        }

        return new JsonObject
        {
            ["type"] = "https://schema.org/Message",
            ["@type"] = "Message",
            ["@context"] = "https://schema.org",
            // Empty, or Web Chat does not take it for this message.
            ["@id"] = "",
            ["additionalType"] = new JsonArray("AIGeneratedContent"),
            ["keywords"] = new JsonArray("AIGeneratedContent", "AllowCopy"),
            ["citation"] = claims,
            ["potentialAction"] = new JsonArray(Thumb("LikeAction", WebChatFeedback.Like + answerId), Thumb("DislikeAction", WebChatFeedback.Dislike + answerId)),
        };
    }

    private static JsonObject Thumb(string type, string id) => new() { ["@type"] = type, ["@id"] = id, ["actionStatus"] = "PotentialActionStatus" };

    private static string Title(Evidence evidence)
    {
        var name = evidence.Kind is EvidenceKind.Case ? Field(evidence, "case") ?? "cases" : evidence.Kind.ToString().ToLowerInvariant();
        var title = $"{evidence.Id} {name}: {evidence.Text}".ReplaceLineEndings(" ");
        return title.Length <= LongestTitle ? title : title[..(LongestTitle - 1)] + "…";
    }

    private static string Body(Evidence evidence)
    {
        var body = WebChatMarkdown.Of(evidence.Text);
        if (evidence.Kind is not EvidenceKind.Case) return body;
        if (Field(evidence, "caption") is { Length: > 0 } caption) body += $"\n\n{WebChatMarkdown.Of(caption)}";
        if (Field(evidence, "source") is { Length: > 0 } source) body += $"\n\n{WebChatMarkdown.Of(source)}, {WebChatMarkdown.Of(Field(evidence, "licence") ?? "licence unknown")}";
        if (Uri.TryCreate(Field(evidence, "url"), UriKind.Absolute, out var address) && address.Scheme is "https") body += $"\n\n<{address}>";
        return body;
    }

    private static string? Field(Evidence evidence, string name) => evidence.Data[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
