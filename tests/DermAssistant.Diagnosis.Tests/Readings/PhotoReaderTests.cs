using DermAssistant.Imaging;

namespace DermAssistant.Diagnosis.Tests;

[Collection(CalibratedPackCollection.Name)]
public class PhotoReaderTests(CalibratedPack calibrated)
{
    private Reading Read(int seed = 1) => calibrated.Reader.Read(Pictures.Admit(Pictures.Lesion(seed), "lesion.png"));

    [Fact]
    public void The_same_photo_gives_the_same_reading()
    {
        Assert.Equal(ReadingJson.Write(Read()).ToJsonString(), ReadingJson.Write(Read()).ToJsonString());
    }

    [Fact]
    public void The_order_of_photos_changes_no_reading()
    {
        var forward = Enumerable.Range(0, 4).Select(seed => ReadingJson.Write(Read(seed)).ToJsonString()).ToArray();
        var backward = Enumerable.Range(0, 4).Reverse().Select(seed => ReadingJson.Write(Read(seed)).ToJsonString()).Reverse().ToArray();
        Assert.Equal(forward, backward);
    }

    [Fact]
    public void A_differential_ranks_all_labels_and_sums_to_one()
    {
        var reading = Read();
        Assert.Equal(7, reading.Differential.Count);
        Assert.Equal(1, reading.Differential.Sum(entry => entry.Probability), 1e-9);
        Assert.Equal(reading.Differential.OrderByDescending(entry => entry.Probability).Select(entry => entry.Id), reading.Differential.Select(entry => entry.Id));
        Assert.All(reading.Differential, entry => Assert.Equal(4, entry.Path.Count));
        Assert.Equal(reading.Differential.Where(entry => FakePack.Labels.Labels.Single(label => label.Node.Id == entry.Id).Malignant).Sum(entry => entry.Probability),
            reading.MalignancyProbability!.Value, 1e-9);
    }

    [Fact]
    public void Evidence_is_numbered_by_kind_and_names_what_it_rests_on()
    {
        var reading = Read();
        Assert.Equal(reading.Evidence.Count, reading.Evidence.Select(evidence => evidence.Id).Distinct().Count());
        foreach (var group in reading.Evidence.GroupBy(evidence => evidence.Id[0]))
            Assert.Equal(Enumerable.Range(1, group.Count()).Select(i => $"{group.Key}{i}"), group.Select(evidence => evidence.Id));
        var first = reading.Evidence.Single(evidence => evidence.Id == "D1");
        Assert.Equal(reading.Differential[0].Id, (string?)first.Data["id"]);
        Assert.Equal(reading.Differential[0].Probability, (double)first.Data["probability"]!);
        Assert.Contains(reading.Differential[0].Name, first.Text);
        Assert.Equal(["differential", "verdict", "malignancy", "predictionSet"],
            reading.Evidence.Where(evidence => evidence.Kind == EvidenceKind.Differential).Select(evidence => (string)evidence.Data["about"]!).Distinct());
        Assert.All(reading.Measurements, measurement =>
            Assert.Contains(reading.Evidence, evidence => evidence.Kind == EvidenceKind.Measurement && (string)evidence.Data["id"]! == measurement.Id));
        Assert.All(reading.Triage.Reasons.SelectMany(reason => reason.Evidence), id => Assert.Contains(reading.Evidence, evidence => evidence.Id == id));
    }

    [Fact]
    public void A_refused_file_gets_a_reading_that_says_why_and_nothing_else()
    {
        var reading = calibrated.Reader.Read(new PhotoGate().Admit(new byte[] { 37, 80, 68, 70, 45, 49 }, "letter.jpg"));
        Assert.False(reading.Photo.Gate.Accepted);
        Assert.Empty(reading.Differential);
        Assert.Empty(reading.Concepts);
        Assert.True(reading.Embedding.IsEmpty);
        Assert.Contains("letter.jpg", reading.Evidence[0].Text);
        Assert.DoesNotContain(reading.Evidence, evidence => evidence.Kind is EvidenceKind.Differential or EvidenceKind.Concept or EvidenceKind.Measurement);
    }

    [Fact]
    public void Permuting_the_labels_of_a_pack_permutes_nothing_but_their_places()
    {
        using var folder = new TemporaryFolder();
        var file = LabelSetFile.Parse(File.ReadAllBytes(FakePack.LabelsFile));
        var turned = file with { Labels = [.. file.Labels.Reverse()] };
        File.WriteAllText(Path.Combine(folder.Path, "labels.json"), System.Text.Json.JsonSerializer.Serialize(turned, System.Text.Json.JsonSerializerOptions.Web));
        using var uncalibratedFolder = new TemporaryFolder();
        File.Copy(FakePack.LabelsFile, Path.Combine(uncalibratedFolder.Path, "labels.json"));
        using var pack = FakePack.Create(uncalibratedFolder.Path);
        using var turnedPack = FakePack.Create(folder.Path);
        var photo = Pictures.Admit(Pictures.Lesion(2));
        var first = new PhotoReader(pack, FakePack.Ontology, FakePack.Prompts).Read(photo);
        var second = new PhotoReader(turnedPack, FakePack.Ontology, FakePack.Prompts).Read(photo);
        Assert.Equal(first.Differential.Select(entry => entry.Id), second.Differential.Select(entry => entry.Id));
        Assert.Equal(ReadingJson.Write(first)["verdict"]!.ToJsonString(), ReadingJson.Write(second)["verdict"]!.ToJsonString());
    }

    [Fact]
    public void A_pack_without_labels_runs_over_all_conditions_uncalibrated_and_cautious()
    {
        using var folder = new TemporaryFolder();
        using var pack = FakePack.Create(folder.Path);
        var reader = new PhotoReader(pack, FakePack.Ontology, FakePack.Prompts);
        var reading = reader.Read(Pictures.Admit(Pictures.Lesion(2)));
        Assert.Equal(FakePack.Ontology.Conditions.Count, reader.Labels.Labels.Count);
        Assert.False(reading.Model.Calibrated);
        Assert.Null(reading.PredictionSet);
        Assert.Contains("not calibrated", reading.Verdict.Why);
        Assert.Contains("not calibrated", reading.Evidence.Single(evidence => evidence.Id == "D1").Text);
        Assert.All(reading.Differential.Skip(10), entry => Assert.True(entry.Probability >= 0.0005));
    }

    [Fact]
    public void A_label_the_ontology_does_not_have_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "labels.json"), """[{ "id": "no/such/condition", "prompt": "x" }, { "id": "other", "prompt": "y" }]""");
        using var pack = FakePack.Create(folder.Path);
        var error = Assert.Throws<DermLip.ModelPackException>(() => new PhotoReader(pack, FakePack.Ontology, FakePack.Prompts));
        Assert.Contains("no/such/condition", error.Message);
    }
}
