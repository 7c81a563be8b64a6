namespace DermAssistant.Training;

/// <summary>Composes a caption from a sample's facts; the random source decides which facts are told and in which words.</summary>
internal sealed class CaptionWriter(CaptionGrammar grammar, IReadOnlyDictionary<string, LabelWording> wordings)
{
    // Each fact is left out half of the time, so that no word becomes a giveaway of another.
    private const double Told = 0.5;

    /// <summary>The diagnosis alone, in one of its wordings.</summary>
    public string Prompt(string label, Random random) => Pick(grammar.Templates, random).Replace("{}", Pick(wordings[label].Names, random));

    public string Caption(TrainingSample sample, Random random)
    {
        if (sample.Facts.TryGetValue("caption", out var caption)) return caption;
        var parts = new List<string> { Prompt(sample.Label, random) };
        if (random.NextDouble() < Told && sample.Facts.TryGetValue("site", out var site) && grammar.Sites.TryGetValue(site, out var place))
            parts.Add(grammar.Phrases["site"].Replace("{}", place));
        if (random.NextDouble() < Told && sample.Facts.TryGetValue("age", out var age))
        {
            parts.Add(sample.Facts.TryGetValue("sex", out var sex) && grammar.Sex.TryGetValue(sex, out var person)
                ? grammar.Phrases["person"].Replace("{age}", age).Replace("{sex}", person)
                : grammar.Phrases["age"].Replace("{}", age));
        }

        var seen = new List<string>();
        if (random.NextDouble() < Told && sample.Facts.TryGetValue("shape", out var shape)) seen.Add(grammar.Phrases[shape]);
        if (random.NextDouble() < Told && sample.Facts.TryGetValue("border", out var border)) seen.Add(grammar.Phrases[border]);
        if (random.NextDouble() < Told && sample.Facts.TryGetValue("colours", out var colours))
            seen.Add(grammar.Phrases["colours"].Replace("{}", string.Join(' ', colours.Split(", ").Select(c => grammar.Colours[c]))));
        var text = string.Join(' ', parts);
        return seen.Count == 0 ? text : $"{text}, {string.Join(", ", seen)}";
    }

    private static string Pick(IReadOnlyList<string> from, Random random) => from[random.Next(from.Count)];
}
