using System.Text.Json;
using DermAssistant.Tests;

namespace DermAssistant.DermLip.Tests;

public sealed class TokenizerTests
{
    private sealed record Caption(string Text, string Clean, int[] Ids, string[]? Ftfy);

    /// <summary>Captions whose repair needs a guess at a wrong character set, which is left out.</summary>
    private static readonly int[] Mojibake = [68, 69, 70, 71, 72, 73];

    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    private static List<Caption> Captions(string file) =>
        JsonSerializer.Deserialize<List<Caption>>(File.ReadAllText(FixtureFiles.Path("tokenizer", file)), Json)!;

    [Fact]
    public void Captions_are_cleaned_as_the_reference_does_but_for_mojibake()
    {
        var captions = Captions("clip_bpe_300.json");
        var different = Enumerable.Range(0, captions.Count).Where(i => TextCleaning.CleanAndLower(captions[i].Text) != captions[i].Clean);

        Assert.Equal(Mojibake, different);
    }

    [SharedFact("fixtures", "clip-tokenizer")]
    public void With_clips_vocabulary_captions_get_the_ids_of_the_reference_but_for_mojibake()
    {
        var tokenizer = TokenizerFolder.Load(TestPaths.InShared("fixtures", "clip-tokenizer"), wordPiece: false, 77)!;
        var captions = Captions("clip_bpe_300.json");
        var different = Enumerable.Range(0, captions.Count).Where(i => !tokenizer.Encode(captions[i].Text).SequenceEqual(captions[i].Ids));

        Assert.Equal(Mojibake, different);
    }

    [Fact]
    public void Captions_get_the_word_pieces_of_the_reference_but_for_mojibake()
    {
        var tokenizer = new WordPieceTextTokenizer(WordPieceVocabulary.Load(FixtureFiles.Path("tokenizer", "bert_vocab.txt")), 256);
        var captions = Captions("bert_wordpiece_300.json");
        var different = Enumerable.Range(0, captions.Count).Where(i => !tokenizer.Encode(captions[i].Text).SequenceEqual(captions[i].Ids)).ToList();

        Assert.Subset(Mojibake.ToHashSet(), different.ToHashSet());
    }

    [Fact]
    public void Special_tokens_spelled_out_by_a_user_are_plain_text()
    {
        var trained = BpeTrainer.Train(["end of text"], 520);
        var tokenizer = Own(trained);

        var asReference = tokenizer.Encode("nevus <end_of_text> melanoma");
        var asUser = tokenizer.EncodeUserText("nevus &lt;end_of_text&gt; melanoma");

        Assert.Equal(2, asReference.Count(id => id == trained.Size - 1));
        Assert.Equal(1, asUser.Count(id => id == trained.Size - 1));
    }

    [Fact]
    public void A_vocabulary_learned_from_captions_is_deterministic_and_makes_frequent_words_one_token()
    {
        string[] captions = ["melanoma on the back", "melanoma on the face", "nevus on the back"];

        var first = BpeTrainer.Train(captions, 560);
        var second = BpeTrainer.Train(captions, 560);

        Assert.Equal(first, second);
        var tokenizer = Own(first);
        Assert.Equal(3, tokenizer.Encode("melanoma").Length);
        Assert.Equal([first.Size - 2, first.Size - 1], new[] { tokenizer.Encode("")[0], tokenizer.Encode("")[1] });
    }

    [Fact]
    public void A_long_text_is_cut_and_still_ends()
    {
        var trained = BpeTrainer.Train(["a b c"], 514);

        var ids = Own(trained, 16).Encode(new string('x', 100_000));

        Assert.Equal(16, ids.Length);
        Assert.Equal(trained.Size - 1, ids[^1]);
    }

    private static ClipTokenizer Own(TrainedVocabulary trained, int contextLength = 77)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["vocab.json"], trained.VocabularyJson);
        File.WriteAllText(folder["merges.txt"], trained.MergesText);
        return (ClipTokenizer)TokenizerFolder.Load(folder.Path, wordPiece: false, contextLength)!;
    }
}
