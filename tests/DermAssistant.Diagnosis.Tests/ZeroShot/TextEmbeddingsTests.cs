namespace DermAssistant.Diagnosis.Tests;

public sealed class TextEmbeddingsTests : IDisposable
{
    private static readonly string[] Texts = ["a photo of melanoma", "a photo of a nevus"];
    private readonly string _folder = Directory.CreateTempSubdirectory("derm-texts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_second_start_takes_the_embeddings_from_the_folder()
    {
        var encoder = new FakePack.CountingTextEncoder();
        var first = new TextEmbeddings(encoder, "pack", "1", _folder).Encode(Texts);
        var second = new TextEmbeddings(encoder, "pack", "1", _folder).Encode(Texts);
        Assert.Equal(first, second);
        Assert.Equal(Texts.Length, encoder.Texts);
    }

    [Fact]
    public void Another_version_of_the_pack_or_another_prompt_is_computed_anew()
    {
        var encoder = new FakePack.CountingTextEncoder();
        new TextEmbeddings(encoder, "pack", "1", _folder).Encode(Texts);
        new TextEmbeddings(encoder, "pack", "2", _folder).Encode(Texts);
        new TextEmbeddings(encoder, "pack", "1", _folder).Encode(["a photo of melanoma", "a photo of a nevus."]);
        Assert.Equal(3 * Texts.Length, encoder.Texts);
    }

    [Fact]
    public void A_damaged_file_is_computed_anew_and_repaired()
    {
        var encoder = new FakePack.CountingTextEncoder();
        var expected = new TextEmbeddings(encoder, "pack", "1", _folder).Encode(Texts);
        var file = Assert.Single(Directory.GetFiles(_folder));
        File.WriteAllBytes(file, [1, 2, 3]);
        Assert.Equal(expected, new TextEmbeddings(encoder, "pack", "1", _folder).Encode(Texts));
        Assert.Equal(expected.Length * sizeof(float), new FileInfo(file).Length);
    }

    [Fact]
    public void A_file_of_nothing_but_zeros_as_a_power_cut_leaves_it_is_computed_anew()
    {
        var encoder = new FakePack.CountingTextEncoder();
        var expected = new TextEmbeddings(encoder, "pack", "1", _folder).Encode(Texts);
        var file = Assert.Single(Directory.GetFiles(_folder));
        File.WriteAllBytes(file, new byte[expected.Length * sizeof(float)]);

        Assert.Equal(expected, new TextEmbeddings(encoder, "pack", "1", _folder).Encode(Texts));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_only_costs_the_cache()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "in the way");
        var embeddings = new TextEmbeddings(new FakePack.CountingTextEncoder(), "pack", "1", Path.Combine(file, "cache")).Encode(Texts);
        Assert.Equal(Texts.Length * FakePack.Dimension, embeddings.Length);
    }

    [Fact]
    public void Who_waits_for_long_is_told_how_far_it_is_and_who_waits_for_moments_is_not()
    {
        var texts = Enumerable.Range(0, 1100).Select(number => $"text {number}").ToList();
        var (slow, quick) = (new List<PromptProgress>(), new List<PromptProgress>());

        new TextEmbeddings(new FakePack.CountingTextEncoder(), "pack", "1", null, new Told(slow), new SteppingTime(TimeSpan.FromSeconds(3))).Encode(texts);
        new TextEmbeddings(new FakePack.CountingTextEncoder(), "pack", "1", null, new Told(quick), new SteppingTime(TimeSpan.Zero)).Encode(texts);

        Assert.Equal([512, 1024, 1100], slow.Select(at => at.Done));
        Assert.All(slow, at => Assert.Equal(1100, at.Total));
        Assert.Equal(TimeSpan.Zero, slow[^1].Remaining);
        Assert.Empty(quick);
    }

    private sealed class Told(List<PromptProgress> reports) : IProgress<PromptProgress>
    {
        public void Report(PromptProgress value) => reports.Add(value);
    }

    /// <summary>A clock that goes on by one step each time it is looked at.</summary>
    private sealed class SteppingTime(TimeSpan step) : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks += step.Ticks;
    }
}
