using System.Text.Json;
using DermAssistant.Ontology;
using DermAssistant.Tests;

namespace DermAssistant.Diagnosis.Tests;

/// <summary>Numbers of the published evaluation code on fixed embeddings (Fixtures/scores.json).</summary>
public class GoldenScoresTests
{
    private static readonly JsonElement Scores =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "scores.json"))).RootElement;

    private static readonly int Dimension = Scores.GetProperty("D").GetInt32();
    private static readonly float[][] Images = Rows(Scores.GetProperty("image_features_norm"));

    [Fact]
    public void Zero_shot_probabilities_are_those_of_the_reference()
    {
        var zeroShot = Scores.GetProperty("zero_shot");
        var classifier = ZeroShotClassifier.Build(
            [.. zeroShot.GetProperty("prompts").EnumerateArray().Select(list => (IReadOnlyList<string>)[.. list.EnumerateArray().Select(p => p.GetString()!)])],
            Texts(), Dimension);
        var logits = Rows(zeroShot.GetProperty("logits"));
        var softmax = Rows(zeroShot.GetProperty("softmax"));
        for (var image = 0; image < Images.Length; image++)
        {
            var actual = classifier.Logits(Images[image]);
            var probabilities = Vectors.Softmax(actual);
            for (var label = 0; label < actual.Length; label++)
            {
                Assert.Equal(logits[image][label] / 100, actual[label] / 100, 1e-6);
                Assert.Equal(softmax[image][label], probabilities[label], 1e-6);
            }
        }
    }

    [Fact]
    public void Class_embeddings_are_those_of_the_reference()
    {
        var zeroShot = Scores.GetProperty("zero_shot");
        var expected = Rows(zeroShot.GetProperty("weights_DxC"));
        var label = 0;
        foreach (var prompts in zeroShot.GetProperty("prompts").EnumerateArray())
        {
            var rows = Texts().Encode([.. prompts.EnumerateArray().Select(p => p.GetString()!)]);
            var actual = ZeroShotClassifier.ClassEmbedding(rows, Dimension);
            for (var i = 0; i < Dimension; i++) Assert.Equal(expected[i][label], actual[i], 1e-6);
            label++;
        }
    }

    [Fact]
    public void Concept_scores_are_those_of_the_reference()
    {
        var concept = Scores.GetProperty("concept");
        string[] templates = [.. concept.GetProperty("templates").EnumerateArray().Select(t => t.GetString()!)];
        var references = concept.GetProperty("refs").EnumerateArray().Select(list => Mean([list[0].GetString()!])).ToArray();
        foreach (var terms in concept.GetProperty("terms").EnumerateObject())
        {
            var present = templates.Select(template => Mean([.. terms.Value.EnumerateArray().Select(term => PromptLibrary.Fill(template, term.GetString()!))])).ToArray();
            var detector = ConceptDetector.From(
                [(new Concept(terms.Name, terms.Name, "", [], ConceptModality.Both, "", ""), present, references)], concept.GetProperty("temp").GetDouble());
            var expected = concept.GetProperty("scores").GetProperty(terms.Name).EnumerateArray().Select(v => v.GetDouble()).ToArray();
            for (var image = 0; image < Images.Length; image++)
                Assert.Equal(expected[image], detector.Score(Images[image])[0], 1e-6);
        }
    }

    [Fact]
    public void The_repositorys_prompts_are_the_references_prompts()
    {
        var prompts = PromptLibrary.Load(TestPaths.InRepository("prompts"));
        Assert.Equal(Scores.GetProperty("zero_shot").GetProperty("templates").EnumerateArray().Select(t => t.GetString()), prompts.ZeroShot["skin"]);
        Assert.Equal(Scores.GetProperty("concept").GetProperty("templates").EnumerateArray().Select(t => t.GetString()), prompts.Concepts.Templates);
        Assert.Equal(Scores.GetProperty("concept").GetProperty("refs").EnumerateArray().Select(t => t[0].GetString()), prompts.Concepts.References);
        Assert.Equal(Scores.GetProperty("concept").GetProperty("temp").GetDouble(), prompts.Concepts.Temperature, 1e-15);
    }

    private static double[] Mean(IReadOnlyList<string> texts) => Vectors.MeanOfNormalized(Texts().Encode(texts), Dimension);

    private static TextEmbeddings Texts() => new(new FixtureTexts(), "fixture", "1", null);

    private static float[][] Rows(JsonElement rows) =>
        [.. rows.EnumerateArray().Select(row => row.EnumerateArray().Select(v => v.GetSingle()).ToArray())];

    private sealed class FixtureTexts : DermLip.ITextEncoder
    {
        public int Dimension => GoldenScoresTests.Dimension;

        public float[] Encode(IReadOnlyList<string> texts) =>
            [.. texts.SelectMany(text => Scores.GetProperty("text_embeddings").GetProperty(text).EnumerateArray().Select(v => v.GetSingle()))];
    }
}
