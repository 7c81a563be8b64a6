namespace DermAssistant.DermLip;

/// <summary>The configuration of a BERT encoder.</summary>
internal sealed record BertConfig(
    int VocabularySize, int Width, int Layers, int Heads, int Hidden, int Positions, int TokenTypes, float Epsilon, int PadId)
{
    /// <summary>The widths of BERT-base and BERT-large, whose heads are all of 64. Other published BERTs have others: of the width 384 there are ones of 32.</summary>
    private static readonly int[] StandardWidths = [768, 1024];

    private const int StandardHead = 64;
    private const string BertType = "bert";

    /// <summary>Names a BERT's configuration may have in a folder, the first that exists counts.</summary>
    public static readonly string[] FileNames = ["bert_config.json", "config.json"];

    /// <summary>BERT-base or BERT-large with the sizes that can be seen in the tensors.</summary>
    /// <exception cref="ModelPackException">It has another width, so that its heads cannot be told.</exception>
    public static BertConfig Standard(StateDict weights)
    {
        const string Prefix = "text.transformer.";
        int Side(string key, int axis) => weights.TryGet(Prefix + key, out var tensor) && tensor.Shape.Count > axis ? tensor.Shape[axis] : 0;
        var layers = 0;
        while (weights.Has($"{Prefix}encoder.layer.{layers}.attention.self.query.weight")) layers++;
        var width = Side("embeddings.word_embeddings.weight", 1);
        if (!StandardWidths.Contains(width))
            throw new ModelPackException(
                $"{weights.Source}: the number of heads of a BERT of width {width} cannot be told from its tensors.", "Put the BERT's config.json into the folder.");
        return new BertConfig(
            Side("embeddings.word_embeddings.weight", 0), width, layers, width / StandardHead,
            Side("encoder.layer.0.intermediate.dense.weight", 0), Side("embeddings.position_embeddings.weight", 0),
            Side("embeddings.token_type_embeddings.weight", 0), 1e-12f, 0);
    }

    /// <summary>Reads the configuration of a BERT; null when the file is of no text encoder, but of the whole model or of something else.</summary>
    /// <exception cref="ModelPackException">It is of another text encoder than BERT, or a number of it cannot be.</exception>
    public static BertConfig? Parse(string json, string source)
    {
        var root = ConfigSection.Parse(json, source);
        var type = root.Text("model_type");
        if (type is not (null or BertType) && (TextEncoderName.IsOther(type) || root.Has("vocab_size")))
            throw ConfigSection.Unusable(source, $"model_type is {type}, and of the text encoders of the hub only BERT is supported");
        if (type is not (null or BertType) || !root.Has("hidden_size")) return null;
        root.Refuse(("hidden_act", "gelu"), ("position_embedding_type", "absolute"), ("is_decoder", "false"), ("add_cross_attention", "false"));
        var tokenTypes = root.Whole("type_vocab_size", 2, TextConfig.MostTokens);
        if (type is null && tokenTypes == 1) throw root.Unfit("type_vocab_size", "1, as RoBERTa has it and BERT does not, and there is no model_type");
        var vocabulary = root.Whole("vocab_size", 30522, TextConfig.MostSymbols);
        var width = root.Whole("hidden_size", null, VisionConfig.MostWidth);
        var heads = root.Whole("num_attention_heads", 12, width);
        if (width % heads != 0) throw root.Unfit("num_attention_heads", $"{heads}, by which hidden_size ({width}) cannot be divided");
        return new BertConfig(
            vocabulary, width, root.Whole("num_hidden_layers", 12, VisionConfig.MostLayers), heads,
            root.Whole("intermediate_size", 3072, VisionConfig.MostWidth * VisionConfig.MostMlpRatio), root.Whole("max_position_embeddings", 512, TextConfig.MostTokens),
            tokenTypes, (float)root.Number("layer_norm_eps", 1e-12, 0.1), root.Index("pad_token_id", 0, vocabulary));
    }
}
