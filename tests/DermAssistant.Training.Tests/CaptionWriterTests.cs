using DermAssistant.Training;

namespace DermAssistant.Tests;

public class CaptionWriterTests
{
    private static readonly CaptionGrammar Grammar = CaptionGrammar.Load(TestPaths.InRepository("prompts", "training", "ham10000.json"));

    private static readonly CaptionWriter Writer = new(Grammar, new Dictionary<string, LabelWording> { ["melanoma"] = new(["melanoma"], "mel") });

    private static TrainingSample Sample(params (string, string)[] facts) =>
        new("photo", "photo.jpg", "melanoma", Split.Train, facts.ToDictionary(f => f.Item1, f => f.Item2));

    [Fact]
    public void A_caption_always_names_the_diagnosis()
    {
        var sample = Sample(("site", "back"), ("age", "60"), ("sex", "male"), ("shape", "asymmetric"), ("border", "irregularBorder"), ("colours", "Red, Black"));
        for (var seed = 0; seed < 200; seed++) Assert.Contains("melanoma", Writer.Caption(sample, new Random(seed)));
    }

    [Fact]
    public void Every_fact_is_told_in_some_captions_and_left_out_of_others()
    {
        var sample = Sample(("site", "back"), ("age", "60"), ("sex", "male"), ("shape", "asymmetric"), ("border", "irregularBorder"), ("colours", "Red, Black"));
        var captions = Enumerable.Range(0, 200).Select(seed => Writer.Caption(sample, new Random(seed))).ToArray();
        foreach (var phrase in new[] { "on the back", "of a 60 year old man", "asymmetric shape", "irregular border", "colours red black" })
            Assert.InRange(captions.Count(c => c.Contains(phrase, StringComparison.Ordinal)), 60, 140);
    }

    [Fact]
    public void What_is_not_known_is_not_said()
    {
        var sample = Sample(("site", "unheard of place"));
        for (var seed = 0; seed < 100; seed++)
        {
            var caption = Writer.Caption(sample, new Random(seed));
            Assert.DoesNotContain("on the", caption);
            Assert.DoesNotContain("year old", caption);
            Assert.DoesNotContain("shape", caption);
        }
    }

    [Fact]
    public void A_caption_that_came_with_the_data_is_used_as_it_is() =>
        Assert.Equal("A photo, as told.", Writer.Caption(Sample(("caption", "A photo, as told.")), new Random(1)));

    [Fact]
    public void A_missing_grammar_is_named()
    {
        var error = Assert.Throws<TrainingException>(() => CaptionGrammar.Load("no-such-grammar.json"));
        Assert.Contains("no-such-grammar.json", error.Message);
    }
}
