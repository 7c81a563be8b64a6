using DermAssistant.Imaging;

namespace DermAssistant.Diagnosis.Tests;

[Collection(CalibratedPackCollection.Name)]
public class ConceptTests(CalibratedPack calibrated)
{
    [Fact]
    public void Every_measured_concept_is_one_of_the_ontology()
    {
        Assert.All(FakePack.Prompts.MeasuredConcepts, rule => Assert.NotNull(FakePack.Ontology.FindConcept(rule.Concept)));
    }

    [Fact]
    public void An_asymmetric_lesion_with_three_colours_is_said_to_be_so()
    {
        var scores = Score(
            new Dictionary<DermoscopicColour, double> { [DermoscopicColour.Black] = 0.3, [DermoscopicColour.DarkBrown] = 0.4, [DermoscopicColour.BlueGray] = 0.2 },
            ("asymmetryMajorAxis", 0.1), ("asymmetryMinorAxis", 0.5), ("borderIrregularity", 3));
        Assert.All((string[])["asymmetric", "irregular", "black", "brown-hyperpigmentation", "blue"], id => Assert.True(scores[id] > 0.95, id));
        Assert.All((string[])["symmetric", "regular", "white", "red"], id => Assert.True(scores[id] < 0.05, id));
    }

    [Fact]
    public void Without_a_lesion_no_concept_is_measured()
    {
        var measured = new MeasuredConcepts(FakePack.Prompts, FakePack.Ontology);
        Assert.Empty(measured.Score(new LesionMeasurements(false, new Dictionary<DermoscopicColour, double>(), [])));
    }

    [Fact]
    public void A_pack_is_asked_only_for_the_concepts_it_lists_and_a_measured_one_is_not_scored_twice()
    {
        var reading = calibrated.Reader.Read(Pictures.Admit(Pictures.Lesion(1)));
        Assert.Equal(["pigment-network"], reading.Concepts.Where(concept => concept.Source == ConceptSource.Encoder).Select(concept => concept.Id));
        Assert.Contains(reading.Concepts, concept => concept is { Id: "asymmetric", Source: ConceptSource.Measured });
        Assert.All(reading.Concepts, concept => Assert.InRange(concept.Score, 0, 1));
    }

    [Fact]
    public void The_measured_quality_of_a_detector_is_shown_and_an_unmeasured_one_is_said_to_be_so()
    {
        using var folder = new TemporaryFolder();
        File.Copy(FakePack.LabelsFile, Path.Combine(folder.Path, "labels.json"));
        var photo = Pictures.Admit(Pictures.Lesion(1));
        using var pack = FakePack.Create(folder.Path);
        var without = new PhotoReader(pack, FakePack.Ontology, FakePack.Prompts).Read(photo);
        File.WriteAllText(Path.Combine(folder.Path, "concepts.json"), """{ "pigment-network": { "auroc": 0.71, "n": 400 } }""");
        var with = new PhotoReader(pack, FakePack.Ontology, FakePack.Prompts).Read(photo);
        Assert.Null(without.Concepts.Single(concept => concept.Id == "pigment-network").Auroc);
        Assert.Equal(0.71, with.Concepts.Single(concept => concept.Id == "pigment-network").Auroc);
    }

    [Fact]
    public void The_evidence_of_a_concept_says_which_prompts_the_encoder_was_given()
    {
        using var folder = new TemporaryFolder();
        File.Copy(FakePack.LabelsFile, Path.Combine(folder.Path, "labels.json"));
        using var pack = FakePack.Create(folder.Path);
        var reader = new PhotoReader(pack, FakePack.Ontology, FakePack.Prompts);

        var evidence = reader.Read(Pictures.Admit(Pictures.Lesion(1))).Evidence.Where(evidence => evidence.Kind == EvidenceKind.Concept).ToList();

        var encoded = evidence.Where(item => (string?)item.Data["source"] == "encoder").ToList();
        Assert.NotEmpty(encoded);
        Assert.All(encoded, item =>
        {
            var prompts = item.Data["prompts"]!;
            Assert.Contains("{}", (string)prompts["templates"]![0]!, StringComparison.Ordinal);
            Assert.NotEmpty(prompts["terms"]!.AsArray());
            Assert.NotEmpty((prompts["references"] ?? prompts["opposites"])!.AsArray());
            Assert.Equal(reader.ConceptPromptHashes[reader.Concepts.ToList().FindIndex(concept => concept.Id == (string)item.Data["id"]!)], (string?)prompts["hash"]);
        });
        Assert.All(evidence.Except(encoded), item => Assert.Null(item.Data["prompts"]));
    }

    [Fact]
    public void A_figure_measured_with_other_prompts_is_not_shown_and_stored_figures_of_other_concepts_stay()
    {
        using var folder = new TemporaryFolder();
        File.Copy(FakePack.LabelsFile, Path.Combine(folder.Path, "labels.json"));
        using var pack = FakePack.Create(folder.Path);
        var reader = new PhotoReader(pack, FakePack.Ontology, FakePack.Prompts);
        var figure = new MeasuredDetector(0.8, 0.7, 0.9, 100, 40, "table.csv", "2026-01-02", reader.ConceptPromptHashes[reader.Concepts.ToList().FindIndex(concept => concept.Id == "pigment-network")]);
        ConceptQuality.Store(folder.Path, new Dictionary<string, MeasuredDetector> { ["veil"] = figure });

        ConceptQuality.Store(folder.Path, new Dictionary<string, MeasuredDetector> { ["pigment-network"] = figure });
        Assert.Equal(0.8, Shown());
        Assert.Equal(["pigment-network", "veil"], ConceptQuality.Load(folder.Path).Keys);

        ConceptQuality.Store(folder.Path, new Dictionary<string, MeasuredDetector> { ["pigment-network"] = figure with { Prompts = "others" } });
        Assert.Null(Shown());

        double? Shown() => new PhotoReader(pack, FakePack.Ontology, FakePack.Prompts).Read(Pictures.Admit(Pictures.Lesion(1))).Concepts
            .Single(concept => concept.Id == "pigment-network").Auroc;
    }

    [Fact]
    public void A_damaged_file_of_figures_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        foreach (var content in (string[])["{", "[]", "{ \"a\": { \"auroc\": 1.5 } }", "{ \"a\": null }"])
        {
            File.WriteAllText(Path.Combine(folder.Path, "concepts.json"), content);
            Assert.Contains("concepts.json", Assert.Throws<DermLip.ModelPackException>(() => ConceptQuality.Load(folder.Path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_concepts_change_is_written_with_weight_score_and_the_ranking_without_them()
    {
        var reading = calibrated.Reader.Read(Pictures.Admit(Pictures.Lesion(1)));
        var influences = calibrated.Reader.Influence.Explain(reading);

        var document = InfluenceJson.Write(influences);

        Assert.Equal(3, document.Count);
        var effects = document.SelectMany(condition => condition!["for"]!.AsArray().Concat(condition["against"]!.AsArray())).ToList();
        Assert.NotEmpty(effects);
        foreach (var effect in effects)
        {
            Assert.Contains((string?)effect!["weight"], (string[])["cardinal", "common", "possible", "against"]);
            Assert.InRange((double)effect["score"]!, 0, 1);
        }

        // Only the encoder's concepts have a direction that can be taken out.
        var moved = effects.Where(effect => effect!["rankingWithout"] is not null).ToList();
        Assert.All(moved, effect => Assert.Contains(effect!["rankingWithout"]!.AsArray(), condition => (int)condition!["rankBefore"]! == 1));
    }

    [Fact]
    public void Concepts_for_and_against_the_first_three_conditions_come_from_the_ontology()
    {
        var reading = calibrated.Reader.Read(Pictures.Admit(Pictures.Lesion(1)));
        var influences = calibrated.Reader.Influence.Explain(reading);
        Assert.Equal(reading.Differential.Take(3).Select(entry => entry.Id), influences.Select(influence => influence.Id));
        foreach (var influence in influences)
        {
            var label = FakePack.Labels.Labels.Single(candidate => candidate.Node.Id == influence.Id);
            // The class's own entry, as 'ontology show' tells it: a feature of one condition it stands for is not a feature of the class.
            var linked = label.Node.Concepts.ToDictionary(link => link.ConceptId, link => link.Weight);
            Assert.All(influence.For, effect => Assert.True(linked[effect.ConceptId] == effect.Weight && effect.Influence > 0));
            Assert.All(influence.Against, effect => Assert.True(linked[effect.ConceptId] == effect.Weight && effect.Influence < 0));
        }
    }

    [Fact]
    public void Taking_out_what_an_embedding_leans_on_moves_the_ranking_and_an_unknown_concept_moves_nothing()
    {
        // The concept's axis is 7 in the fake pack: an embedding of nothing but it has no ranking of its own left without it.
        var embedding = FakePack.Axis(7, seed: 3, noise: 0.6);
        var moved = calibrated.Reader.Influence.RankingWithout("asymmetric", embedding);
        Assert.NotNull(moved);
        Assert.Equal([1, 2, 3], moved.Take(3).Select(condition => condition.RankBefore));
        Assert.Contains(moved, condition => Math.Abs(condition.ProbabilityAfter - condition.ProbabilityBefore) > 1e-4);
        Assert.Null(calibrated.Reader.Influence.RankingWithout("no-such-concept", embedding));
    }

    private static Dictionary<string, double> Score(Dictionary<DermoscopicColour, double> colours, params (string Id, double Value)[] values) =>
        new MeasuredConcepts(FakePack.Prompts, FakePack.Ontology)
            .Score(new LesionMeasurements(true, colours, [.. values.Select(value => new Measurement(value.Id, value.Id, value.Value, "ratio"))]))
            .ToDictionary(concept => concept.Id, concept => concept.Score);
}
