using System.Text.Json.Nodes;

namespace DermAssistant.DermLip.Tests;

/// <summary>Configurations that are wrong in one place, which has to be named.</summary>
public sealed class ConfigTests
{
    private const string Source = "open_clip_config.json";

    /// <summary>The fixture's configuration with one value put in at a path of keys.</summary>
    private static string With(string file, string path, string value)
    {
        var root = JsonNode.Parse(File.ReadAllText(FixtureFiles.Path(file.Split('/'))))!;
        var keys = path.Split('.');
        var parent = keys.SkipLast(1).Aggregate(root, (node, key) => node[key]!);
        parent[keys[^1]] = JsonNode.Parse(value);
        return root.ToJsonString();
    }

    [Theory]
    [InlineData("model_cfg.embed_dim", "\"24\"")]
    [InlineData("model_cfg.embed_dim", "null")]
    [InlineData("model_cfg.embed_dim", "1e9")]
    [InlineData("model_cfg.quick_gelu", "\"yes\"")]
    [InlineData("model_cfg.vision_cfg", "[]")]
    [InlineData("model_cfg.text_cfg", "null")]
    [InlineData("model_cfg.vision_cfg.layers", "[1, null, 1, 1]")]
    [InlineData("model_cfg.vision_cfg.layers", "[1, 1, 1]")]
    [InlineData("model_cfg.vision_cfg.layers", "1.5")]
    [InlineData("model_cfg.vision_cfg.layers", "\"two\"")]
    [InlineData("model_cfg.vision_cfg.layers", "0")]
    [InlineData("model_cfg.vision_cfg.image_size", "-32")]
    [InlineData("model_cfg.vision_cfg.image_size", "1000000")]
    [InlineData("model_cfg.vision_cfg.image_size", "[32]")]
    [InlineData("model_cfg.vision_cfg.image_size", "[32, 64]")]
    [InlineData("model_cfg.vision_cfg.image_size", "[null, 32]")]
    [InlineData("model_cfg.vision_cfg.head_width", "0")]
    [InlineData("model_cfg.vision_cfg.width", "99999999999")]
    [InlineData("model_cfg.vision_cfg.mlp_ratio", "-1")]
    [InlineData("model_cfg.vision_cfg.mlp_ratio", "1e300")]
    [InlineData("model_cfg.vision_cfg.mlp_ratio", "\"four\"")]
    [InlineData("model_cfg.text_cfg.heads", "true")]
    [InlineData("model_cfg.text_cfg.context_length", "100000000")]
    [InlineData("model_cfg.text_cfg.hf_model_name", "7")]
    [InlineData("model_cfg.text_cfg.tokenizer_kwargs", "{\"clean\":\"canonicalize\"}")]
    [InlineData("preprocess_cfg", "\"x\"")]
    [InlineData("preprocess_cfg.mean", "[null, 0, 0]")]
    [InlineData("preprocess_cfg.mean", "[0, 0]")]
    [InlineData("preprocess_cfg.mean", "[1e300, 0, 0]")]
    [InlineData("preprocess_cfg.mean", "{}")]
    [InlineData("preprocess_cfg.std", "[0, 0, 0]")]
    [InlineData("preprocess_cfg.std", "[0.2, -0.2, 0.2]")]
    [InlineData("preprocess_cfg.std", "[0.2, 1e-60, 0.2]")]
    [InlineData("preprocess_cfg.std", "\"a\"")]
    [InlineData("preprocess_cfg.size", "64")]
    [InlineData("preprocess_cfg.size", "[64, 64]")]
    [InlineData("preprocess_cfg.mode", "\"L\"")]
    [InlineData("preprocess_cfg.interpolation", "3")]
    [InlineData("preprocess_cfg.interpolation", "\"nearest\"")]
    public void A_value_that_cannot_be_is_refused_by_its_name(string path, string value)
    {
        var refusal = Assert.Throws<ModelPackException>(() => OpenClipConfig.Parse(With("tiny-clip/open_clip_config.json", path, value), Source));

        Assert.StartsWith(Source + ":", refusal.Message);
        Assert.Contains(path.Split('.')[^1], refusal.Message);
        Assert.NotEmpty(refusal.Hint);
    }

    [Theory]
    [InlineData("preprocess_cfg.size", "32")]
    [InlineData("preprocess_cfg.size", "[32, 32]")]
    [InlineData("preprocess_cfg.fill_color", "0")]
    [InlineData("preprocess_cfg.mode", "\"RGB\"")]
    [InlineData("model_cfg.vision_cfg.image_size", "[32, 32]")]
    [InlineData("model_cfg.text_cfg.tokenizer_kwargs", "{}")]
    [InlineData("model_cfg.vision_cfg.timm_model_name", "null")]
    public void What_open_clip_itself_writes_is_read(string path, string value) =>
        Assert.Equal(32, OpenClipConfig.Parse(With("tiny-clip/open_clip_config.json", path, value), Source).Preprocess.ImageSize);

    [Theory]
    [InlineData("""{"model_cfg":{"embed_dim":24,"embed_dim":25}}""")]
    [InlineData("""{"model_cfg":{"embed_dim":24,"\ud800":25}}""")]
    [InlineData("[1]")]
    [InlineData(" ")]
    [InlineData("<html>404</html>")]
    public void A_file_that_is_no_configuration_is_refused(string json)
    {
        Assert.Contains(Source, Assert.Throws<ModelPackException>(() => OpenClipConfig.Parse(json, Source)).Message);
        Assert.Contains(Source, Assert.Throws<ModelPackException>(() => BertConfig.Parse(json.Replace("model_cfg", "x"), Source) ?? throw new ModelPackException(Source, "")).Message);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_as_a_value() =>
        Assert.Contains(
            "interpolation",
            Assert.Throws<ModelPackException>(() => OpenClipConfig.Parse(
                File.ReadAllText(FixtureFiles.Path("tiny-clip", "open_clip_config.json")).Replace("\"bicubic\"", "\"\\ud800\""), Source)).Message);

    [Theory]
    [InlineData("num_attention_heads", "3")]
    [InlineData("num_attention_heads", "0")]
    [InlineData("num_attention_heads", "64")]
    [InlineData("pad_token_id", "9999")]
    [InlineData("pad_token_id", "300")]
    [InlineData("pad_token_id", "-1")]
    [InlineData("pad_token_id", "0.5")]
    [InlineData("layer_norm_eps", "-1")]
    [InlineData("layer_norm_eps", "1e300")]
    [InlineData("layer_norm_eps", "\"x\"")]
    [InlineData("hidden_size", "\"32\"")]
    [InlineData("vocab_size", "-5")]
    [InlineData("is_decoder", "true")]
    [InlineData("hidden_act", "\"relu\"")]
    [InlineData("position_embedding_type", "\"relative_key\"")]
    public void A_value_that_no_bert_can_have_is_refused_by_its_name(string key, string value)
    {
        var refusal = Assert.Throws<ModelPackException>(() => BertConfig.Parse(With("tiny-panderm/bert_config.json", key, value), "bert_config.json"));

        Assert.Contains("bert_config.json", refusal.Message);
        Assert.Contains(key, refusal.Message);
    }

    [Theory]
    [InlineData("roberta")]
    [InlineData("xlm-roberta")]
    [InlineData("camembert")]
    [InlineData("electra")]
    [InlineData("mpnet")]
    [InlineData("some-encoder-of-2031")]
    public void The_configuration_of_another_text_encoder_is_refused_by_its_kind(string kind) =>
        Assert.Contains(
            kind,
            Assert.Throws<ModelPackException>(() => BertConfig.Parse(With("tiny-panderm/bert_config.json", "model_type", $"\"{kind}\""), "config.json")).Message);

    [Theory]
    [InlineData("""{"model_type":"clip","projection_dim":512,"text_config":{},"vision_config":{}}""")]
    [InlineData("""{"architecture":"vit_base_patch16_224","num_classes":0}""")]
    [InlineData("{}")]
    public void The_configuration_of_the_whole_model_is_none_of_a_bert(string json) => Assert.Null(BertConfig.Parse(json, "config.json"));
}
