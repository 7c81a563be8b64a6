using System.Text.Json;
using System.Text.Json.Nodes;
using DermAssistant.Channels.Activities;

namespace DermAssistant.Channels.Tests;

public sealed class ActivityJsonTests
{
    [Fact]
    public void Fields_without_a_name_here_are_kept()
    {
        const string Sent = """
            {"type":"message","id":"1","text":"é – ›","from":{"id":"u","role":"user","tenant":"t"},"conversation":{"id":"c","conversationType":"personal","x":1},
             "attachments":[{"contentType":"image/png","y":[1,2]}],"entities":[{"type":"clientInfo","locale":"en"}],"channelData":{"z":{"a":null}},"listenFor":["w"],"importance":"high"}
            """;

        var written = JsonNode.Parse(ActivityJson.Write(ActivityJson.Read(Sent)))!.AsObject();

        foreach (var (name, value) in JsonNode.Parse(Sent)!.AsObject()) Assert.True(JsonNode.DeepEquals(value, written[name]), name);
        Assert.Equal(JsonNode.Parse(Sent)!.AsObject().Count, written.Count);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"x\"")]
    [InlineData("{\"timestamp\":\"yesterday\"}")]
    public void What_is_no_activity_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => ActivityJson.Read(json));
}
