using System.Text.Json.Nodes;
using DermAssistant.Channels.Conversations;
using DermAssistant.Ontology;

namespace DermAssistant.Channels.Page;

/// <summary>What the page shows beside an answer and lets people take away.</summary>
internal sealed class PageDocuments(PhotoShelf photos, OntologyGraph ontology)
{
    /// <summary>Everything an answer rests on.</summary>
    public JsonObject Evidence(ConversationKey key, KeptAnswer answer) => Evidence(key, answer, photos.Of(key));

    /// <summary>A whole conversation: each answer with its evidence and the bundle it can be recomputed from.</summary>
    public JsonObject Export(ConversationKey key, IReadOnlyList<KeptAnswer> answers, DateTimeOffset at)
    {
        var kept = photos.Of(key);
        return new JsonObject
        {
            ["conversation"] = key.Id,
            ["exportedAt"] = at,
            ["turns"] = new JsonArray([.. answers.Select(answer => (JsonNode)new JsonObject
            {
                ["question"] = answer.Question,
                ["files"] = FilesOf(answer),
                ["answer"] = Evidence(key, answer, kept),
                ["bundle"] = answer.Bundle?.DeepClone(),
                ["rating"] = Rating(answer.Rating),
            })]),
        };
    }

    private JsonObject Evidence(ConversationKey key, KeptAnswer answer, IReadOnlyList<KeptPhoto> kept)
    {
        var document = new JsonObject
        {
            ["answerId"] = answer.Id,
            ["conversationId"] = key.Id,
            ["at"] = answer.At,
            ["question"] = answer.Question,
        };
        foreach (var name in (ReadOnlySpan<string>)["text", "claims", "removed", "evidence", "suggestions", "asks", "tools", "models"])
            document[name] = answer.Answer[name]?.DeepClone();
        document["citations"] = new JsonArray([.. answer.Citations.Select(id => (JsonNode)id)]);
        document["photos"] = new JsonArray([.. answer.Readings.Select(read => (JsonNode)Photo(read, kept.FirstOrDefault(photo => photo.Sha256 == read.Photo.Sha256)))]);
        document["tree"] = Tree(answer);
        document["rating"] = Rating(answer.Rating);
        return document;
    }

    private static JsonObject Photo(KeptReading read, KeptPhoto? kept) => new()
    {
        ["number"] = read.Photo.Number,
        ["id"] = kept?.Id,
        ["file"] = read.Photo.File,
        ["url"] = kept is null ? null : $"/api/page/photos/{kept.Id}",
        ["reading"] = read.Reading.DeepClone(),
    };

    // The way from the category down to the verdict, to the leading diagnosis, or to the node the answer places.
    private JsonArray Tree(KeptAnswer answer)
    {
        var reading = answer.Readings.Count > 0 ? answer.Readings[0].Reading : null;
        var id = Text(reading?["verdict"]?["id"]) ?? (reading?["differential"] is JsonArray { Count: > 0 } differential ? Text(differential[0]?["id"]) : null) ?? Placed(answer);
        var way = new Stack<OntologyNode>();
        for (var node = id is null ? null : ontology.Find(id); node is not null; node = node.Parent) way.Push(node);
        var tree = new JsonArray();
        foreach (var node in way)
        {
            var last = tree.Count == way.Count - 1;
            tree.Add((JsonNode)new JsonObject
            {
                ["id"] = node.Id,
                ["name"] = node.Name,
                ["level"] = char.ToLowerInvariant(node.Level.ToString()[0]) + node.Level.ToString()[1..],
                ["siblings"] = Names(ontology.Siblings(node)),
                ["children"] = last ? Names(node.Children) : null,
            });
        }

        return tree;
    }

    private static string? Placed(KeptAnswer answer) => answer.Answer["evidence"] is JsonArray evidence
        ? evidence.Select(record => record?["data"]).Where(data => Text(data?["statement"]) is "neighbours" or "place").Select(data => Text(data?["id"])).FirstOrDefault()
        : null;

    private static JsonArray FilesOf(KeptAnswer answer) =>
        answer.Bundle?["turns"] is JsonArray { Count: > 0 } turns && turns[^1]?["photos"] is JsonArray files ? (JsonArray)files.DeepClone() : [];

    private static JsonArray Names(IEnumerable<OntologyNode> nodes) => new([.. nodes.Select(node => (JsonNode)new JsonObject { ["id"] = node.Id, ["name"] = node.Name })]);

    private static JsonObject? Rating(Rating? rating) => rating is null ? null : new() { ["helpful"] = rating.Helpful, ["comment"] = rating.Comment };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
