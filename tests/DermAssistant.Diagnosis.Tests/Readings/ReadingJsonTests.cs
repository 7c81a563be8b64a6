using System.Text.Json.Nodes;

namespace DermAssistant.Diagnosis.Tests;

[Collection(CalibratedPackCollection.Name)]
public class ReadingJsonTests(CalibratedPack calibrated)
{
    [Fact]
    public void A_reading_has_the_fields_scripts_rely_on()
    {
        var json = ReadingJson.Write(calibrated.Reader.Read(Pictures.Admit(Pictures.Lesion(1), "lesion.png")));
        Has(json, "photo", "model", "differential", "predictionSet", "verdict", "malignancy", "concepts", "measurements", "triage", "evidence");
        Has(json["photo"]!, "file", "sha256", "format", "width", "height", "accepted", "modality", "quality", "reasons");
        Has(json["photo"]!["quality"]!, "sharpness", "exposure", "warnings");
        Has(json["model"]!, "id", "version");
        Has(json["differential"]![0]!, "id", "name", "path", "probability");
        Has(json["predictionSet"]!, "coverage", "conditions");
        Has(json["verdict"]!, "id", "name", "level", "probability", "abstained", "why");
        Has(json["malignancy"]!, "probability");
        Has(json["concepts"]![0]!, "id", "name", "score", "source");
        Has(json["measurements"]![0]!, "id", "name", "value", "unit");
        Has(json["triage"]!, "urgency", "reasons");
        Assert.True((bool)json["triage"]!["fromPhoto"]!);
        Has(json["evidence"]![0]!, "id", "kind", "text", "data");
        Assert.Equal("png", (string?)json["photo"]!["format"]);
        Assert.Equal("dermoscopic", (string?)json["photo"]!["modality"]);
        Assert.Contains((string?)json["triage"]!["urgency"], (string[])["emergency", "urgent", "soon", "routine", "selfCare"]);
        Assert.Contains((string?)json["verdict"]!["level"], (string[])["category", "group", "subgroup", "condition", "none"]);
        Assert.All(json["concepts"]!.AsArray(), concept => Assert.Contains((string?)concept!["source"], (string[])["encoder", "measured"]));
        Assert.All(json["evidence"]!.AsArray(), evidence =>
            Assert.Contains((string?)evidence!["kind"], (string[])["differential", "concept", "measurement", "case", "ontology", "triage", "photo"]));
    }

    [Fact]
    public void A_photo_outside_what_the_pack_knows_has_no_differential_and_the_level_none()
    {
        var json = ReadingJson.Write(calibrated.Reader.Read(Pictures.Admit(Pictures.Noise(1))));
        Assert.Empty(json["differential"]!.AsArray());
        Assert.Null(json["predictionSet"]);
        Assert.Equal("none", (string?)json["verdict"]!["level"]);
        Assert.True((bool)json["verdict"]!["abstained"]!);
        Assert.Null(json["malignancy"]!["probability"]);
        Assert.NotNull(json["outsideKnowledge"]);
        Assert.False((bool)json["triage"]!["fromPhoto"]!);
        Assert.Null(json["triage"]!["urgency"]);
        Assert.Contains("says nothing about the urgency", (string)json["triage"]!["reasons"]![0]!["text"]!);
        Assert.DoesNotContain("routine", json.ToJsonString());
        JsonNode.Parse(json.ToJsonString());
    }

    private static void Has(JsonNode node, params string[] fields) =>
        Assert.All(fields, field => Assert.True(node.AsObject().ContainsKey(field), $"no \"{field}\" in {node.ToJsonString()[..Math.Min(200, node.ToJsonString().Length)]}"));
}
