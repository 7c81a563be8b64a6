using System.Text;
using System.Text.Json.Nodes;

namespace DermAssistant.DermLip.Tests;

/// <summary>Text encoders and vocabularies that do not belong to what they lie beside.</summary>
public sealed class TextEncoderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ModelPackException Refusal(PackSource source)
    {
        var refusal = Assert.Throws<ModelPackException>(() => PackBuilder.Build(source, _folder["pack"]));
        Assert.NotEmpty(refusal.Hint);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        return refusal;
    }

    private static PackSource Named(PackSource source, string key, JsonNode? value)
    {
        var root = JsonNode.Parse(source.ConfigJson)!;
        root["model_cfg"]!["text_cfg"]![key] = value;
        return source with { ConfigJson = root.ToJsonString() };
    }

    /// <summary>PanDerm with the tensors of a text encoder that has BERT's names.</summary>
    private static PackSource Encoder(int positions, int tokenTypes, int vocabulary = 300, int width = 32)
    {
        var source = TinyPacks.PanDerm();
        var image = new PanDermTower(32, 8, 32, 2, 2, 128, 24);
        var text = new BertTower(new BertConfig(vocabulary, width, 1, Math.Max(1, width / 64), 80, positions, tokenTypes, 1e-5f, 1), 16, 24);
        return source with { WeightsFile = null, Weights = SyntheticWeights.StateDict([.. image.Tensors, .. text.Tensors]), BertConfigJson = null };
    }

    private static string OwnConfig(int positions, int tokenTypes, string? type) => new JsonObject
    {
        ["model_type"] = type, ["hidden_size"] = 32, ["num_attention_heads"] = 2, ["num_hidden_layers"] = 1, ["intermediate_size"] = 80,
        ["vocab_size"] = 300, ["max_position_embeddings"] = positions, ["type_vocab_size"] = tokenTypes, ["layer_norm_eps"] = 1e-5,
    }.ToJsonString();

    [Theory]
    [InlineData("roberta")]
    [InlineData("xlm-roberta")]
    public void Roberta_is_told_from_bert_by_its_configuration(string type) =>
        Assert.Contains($"model_type is {type}", Refusal(Encoder(130, 1) with { BertConfigJson = OwnConfig(130, 1, type) }).Message);

    [Theory]
    [InlineData("roberta-base")]
    [InlineData("FacebookAI/xlm-roberta-large")]
    [InlineData("vinai/bertweet-base")]
    [InlineData("google/electra-base-discriminator")]
    [InlineData("intfloat/multilingual-e5-base")]
    public void Roberta_and_its_kind_are_told_from_bert_by_the_name(string name) =>
        Assert.Contains(name, Refusal(Named(TinyPacks.PanDerm(), "hf_model_name", name)).Message);

    [Theory]
    [InlineData("neuml/pubmedbert-base-embeddings")]
    [InlineData("microsoft/BiomedNLP-BiomedBERT-base-uncased-abstract")]
    [InlineData("emilyalsentzer/Bio_ClinicalBERT")]
    [InlineData("roberta-fans/my-bert")]
    public void A_bert_is_no_other_encoder_whoever_it_belongs_to(string name) => Assert.False(TextEncoderName.IsOther(name));

    [Fact]
    public void Roberta_without_a_name_is_told_from_bert_by_its_positions_and_token_types()
    {
        Assert.Contains("one token type", Refusal(Encoder(130, 1, width: 768)).Message);
        Assert.Contains("514 positions", Refusal(Encoder(514, 1) with { BertConfigJson = OwnConfig(514, 1, "bert") }).Message);
        Assert.Contains("type_vocab_size", Refusal(Encoder(130, 1) with { BertConfigJson = OwnConfig(130, 1, null) }).Message);
    }

    [Fact]
    public void The_heads_of_a_bert_of_an_unusual_width_are_not_guessed() =>
        Assert.Contains("width 384", Refusal(Encoder(32, 2, width: 384)).Message);

    [Theory]
    [InlineData("local/tiny-bert", true)]
    [InlineData("neuml/pubmedbert-base-embeddings", false)]
    public void What_is_taken_for_granted_of_a_bert_is_told_unless_its_name_says_it(string name, bool told)
    {
        var log = new LogLines();

        PackBuilder.Build(Named(Encoder(32, 2, width: 768), "hf_model_name", name), _folder["pack"], logger: log);

        if (told) Assert.Contains("attention heads 64 wide", Assert.Single(log));
        else Assert.Empty(log);
    }

    [Fact]
    public void The_configuration_of_a_clip_text_tower_beside_a_bert_is_refused()
    {
        var refusal = Refusal(Named(TinyPacks.PanDerm(), "hf_model_name", null));

        Assert.Contains("BERT text tower", refusal.Message);
        Assert.Contains("hf_model_name", refusal.Message);
    }

    [Fact]
    public void The_configuration_of_a_bert_beside_a_clip_text_tower_is_refused() =>
        Assert.Contains("hf_model_name is neuml/pubmedbert", Refusal(Named(TinyPacks.Clip(), "hf_model_name", "neuml/pubmedbert")).Message);

    [Fact]
    public void More_tokens_than_a_bert_has_positions_are_refused() =>
        Assert.Contains("context_length is 77, but the BERT has 32 positions", Refusal(Named(TinyPacks.PanDerm(), "context_length", 77)).Message);

    [Fact]
    public void A_clip_model_does_not_mind_the_configuration_of_another_library_beside_it()
    {
        PackBuilder.Build(TinyPacks.Clip() with { BertConfigJson = """{"model_type":"clip_text_model","vocab_size":256,"hidden_size":32}""" }, _folder["pack"]);

        Assert.True(File.Exists(_folder["pack", "pack.json"]));
    }

    /// <summary>A vocabulary of so many lines.</summary>
    private static Dictionary<string, byte[]> Words(int count) => new()
    {
        ["vocab.txt"] = Encoding.UTF8.GetBytes(string.Concat(((string[])["[PAD]", "[UNK]", "[CLS]", "[SEP]"]).Concat(Enumerable.Range(4, count - 4).Select(i => $"w{i}")).Select(word => word + "\n"))),
    };

    [Theory]
    [InlineData(299)]
    [InlineData(173)]
    public void A_vocabulary_with_lines_missing_is_refused(int lines) =>
        Assert.Contains($"{lines} tokens, but the text tower has 300", Refusal(TinyPacks.PanDerm() with { TokenizerFiles = Words(lines) }).Message);

    [Theory]
    [InlineData(320, 257, true)]
    [InlineData(320, 256, false)]
    [InlineData(384, 257, true)]
    [InlineData(384, 256, false)]
    [InlineData(300, 299, false)]
    public void Rows_without_a_token_are_allowed_up_to_the_next_round_number(int rows, int lines, bool allowed)
    {
        var source = Encoder(32, 2, rows) with { TokenizerFiles = Words(lines), BertConfigJson = OwnConfig(32, 2, "bert").Replace("300", $"{rows}") };

        if (allowed) PackBuilder.Build(source, _folder["pack"]);
        else Assert.Contains("tokens", Refusal(source).Message);
    }

    [Fact]
    public void A_line_that_stands_twice_in_a_vocabulary_is_named()
    {
        var files = new Dictionary<string, byte[]> { ["vocab.txt"] = [.. Words(299)["vocab.txt"], .. "w77\n"u8] };

        Assert.Contains("'w77' stands in it twice, as 77 and as 299", Refusal(TinyPacks.PanDerm() with { TokenizerFiles = files }).Message);
    }

    [Theory]
    [InlineData("tokenizer_config.json", """{"do_lower_case":false}""")]
    [InlineData("tokenizer_config.json", """{"strip_accents":false}""")]
    [InlineData("tokenizer_config.json", "[")]
    [InlineData("tokenizer_config.json", "[1")]
    [InlineData("tokenizer.json", """{"normalizer":{"type":"BertNormalizer","lowercase":false}}""")]
    [InlineData("tokenizer.json", "7")]
    public void A_tokenizer_that_keeps_capitals_or_accents_is_refused(string file, string settings)
    {
        var files = Words(300);
        files[file] = Encoding.UTF8.GetBytes(settings);

        Assert.Contains(file, Refusal(TinyPacks.PanDerm() with { TokenizerFiles = files }).Message);
    }

    [Fact]
    public void The_settings_of_the_uncased_tokenizer_are_accepted()
    {
        var files = Words(300);
        files["tokenizer_config.json"] = """{"do_lower_case":true,"strip_accents":null,"tokenize_chinese_chars":true,"tokenizer_class":"BertTokenizer"}"""u8.ToArray();
        files["tokenizer.json"] = """{"normalizer":{"type":"BertNormalizer","lowercase":true,"strip_accents":null,"handle_chinese_chars":true}}"""u8.ToArray();

        Assert.Equal("wordpiece", PackBuilder.Build(TinyPacks.PanDerm() with { TokenizerFiles = files }, _folder["pack"]).Tokenizer);
    }

    [Theory]
    [InlineData("vocab.json", "{\"a\":0,\"a\":1}")]
    [InlineData("vocab.json", "[1]")]
    [InlineData("merges.txt", "a b c\n")]
    public void A_damaged_clip_vocabulary_is_refused_by_name(string file, string content)
    {
        var source = TinyPacks.ResNet();
        var files = source.TokenizerFiles.ToDictionary();
        files[file] = Encoding.UTF8.GetBytes(content);

        Assert.Contains("vocab.json", Refusal(source with { TokenizerFiles = files }).Message);
    }

    [Fact]
    public void A_clip_vocabulary_whose_texts_end_with_another_symbol_is_refused()
    {
        var source = TinyPacks.ResNet();
        var files = source.TokenizerFiles.ToDictionary();
        var ids = JsonNode.Parse(files["vocab.json"])!.AsObject();
        (ids["a"], ids["<end_of_text>"]) = ((int)ids["<end_of_text>"]!, (int)ids["a"]!);
        files["vocab.json"] = Encoding.UTF8.GetBytes(ids.ToJsonString());

        Assert.Contains("<end_of_text>", Refusal(source with { TokenizerFiles = files }).Message);
    }

    [Fact]
    public void A_merge_of_one_symbol_in_a_tokenizer_json_is_refused()
    {
        File.WriteAllText(_folder["tokenizer.json"], """{"model":{"vocab":{"a":0},"merges":[["a"]]}}""");

        Assert.Contains("tokenizer.json", Assert.Throws<ModelPackException>(() => TokenizerFolder.Load(_folder.Path, wordPiece: false, 77)).Message);
    }
}
